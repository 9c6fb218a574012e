using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Experiments.Dashboard.Tests;

public sealed class GridEndpointsTests(TrainedCluster cluster)
{
    [Fact]
    public async Task Grids_are_those_of_the_command_line()
    {
        var dashboard = cluster.Dashboard;

        AssertSame((await cluster.Json("list"))["grids"], (await dashboard.Json("/api/grids"))["grids"]);
    }

    [Fact]
    public async Task Grids_come_in_pages()
    {
        var dashboard = cluster.Dashboard;

        var pages = await Pages(dashboard, "/api/grids", "grids", limit: 2);

        Assert.Equal([2, 1], pages.Select(page => page.Count));
        Assert.Equal(TrainedCluster.Grids.Select(grid => grid.Name), pages.SelectMany(page => page).Select(grid => (string)grid!["name"]!));
    }

    [Fact]
    public async Task A_grid_is_found_by_its_name_and_its_id()
    {
        var dashboard = cluster.Dashboard;

        var named = await dashboard.Json("/api/grids/first");

        AssertSame((await cluster.Json("list"))["grids"]![0], named);
        AssertSame(named, await dashboard.Json($"/api/grids/{named["id"]}"));
    }

    [Fact]
    public async Task Experiments_come_in_pages_with_what_was_measured()
    {
        var dashboard = cluster.Dashboard;

        var pages = await Pages(dashboard, "/api/grids/first/experiments", "experiments", limit: 1);

        Assert.Equal([1, 1, 1], pages.Select(page => page.Count));
        var shown = (await cluster.Json("show", "first"))["experiments"]!.AsArray();
        foreach (var (row, experiment) in pages.SelectMany(page => page).Zip(shown))
        {
            Assert.Equal("Completed", (string)row!["status"]!);
            foreach (string key in (string[])["id", "name", "variant", "status", "error", "silo", "best", "test"]) AssertSame(experiment![key], row[key]);
            AssertSame(experiment!["history"]!.AsArray()[^1], row["last"]);
        }
    }

    [Fact]
    public async Task An_experiment_is_what_show_says()
    {
        var dashboard = cluster.Dashboard;

        var shown = await dashboard.Json("/api/grids/first/experiments/rate-2");

        Assert.Equal(64, ((string)shown["weightsSha256"]!).Length);
        AssertSame(await cluster.Json("show", "first/rate-2"), shown);
        AssertSame(shown, await dashboard.Json($"/api/grids/first/experiments/{shown["id"]}"));
    }

    [Theory]
    [InlineData("/api/grids")]
    [InlineData("/api/grids/first")]
    [InlineData("/api/grids/first/experiments")]
    [InlineData("/api/grids/first/experiments/rate-1")]
    public async Task Who_has_the_snapshot_is_told_so(string path)
    {
        var dashboard = cluster.Dashboard;
        using var first = await dashboard.Get(path);
        string tag = first.Headers.ETag!.Tag;

        foreach (string known in (string[])[tag, $"W/{tag}", $"\"another\", {tag}", "*"])
        {
            using var again = await dashboard.GetUnless(path, known);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        using var other = await dashboard.GetUnless(path, "\"another\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(tag, other.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task An_unknown_grid_is_answered_with_those_that_read_alike()
    {
        var dashboard = cluster.Dashboard;

        Assert.Equal(
            ("There is no grid 'frist'.", "Did you mean 'first'? GET /api/grids lists all."),
            await dashboard.Problem("/api/grids/frist", HttpStatusCode.NotFound));
        Assert.Equal(
            ("There is no grid 'quite-different'.", "GET /api/grids lists all."),
            await dashboard.Problem("/api/grids/quite-different/experiments", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task An_unknown_experiment_is_answered_with_those_that_read_alike()
    {
        var dashboard = cluster.Dashboard;

        Assert.Equal(
            ("The grid 'second' has no experiment 'rate1'.", "Did you mean 'rate-1'? GET /api/grids/second/experiments lists all."),
            await dashboard.Problem("/api/grids/second/experiments/rate1", HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("limit=0", "The limit cannot be used.", "1 to 1000")]
    [InlineData("limit=1001", "The limit cannot be used.", "1 to 1000")]
    [InlineData("limit=many", "The limit cannot be used.", "1 to 1000")]
    [InlineData("cursor=nowhere", "The cursor cannot be used.", "nextCursor")]
    public async Task A_page_that_there_cannot_be_is_refused_with_the_remedy(string query, string title, string remedy)
    {
        var dashboard = cluster.Dashboard;

        foreach (string path in (string[])["/api/grids", "/api/grids/first/experiments"])
        {
            var problem = await dashboard.Problem($"{path}?{query}", HttpStatusCode.BadRequest);
            Assert.Equal(title, problem.Title);
            Assert.Contains(remedy, problem.Detail, StringComparison.Ordinal);
        }
    }

    private static async Task<List<JsonArray>> Pages(RunningDashboard dashboard, string path, string key, int limit)
    {
        var pages = new List<JsonArray>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await dashboard.Json(string.Create(CultureInfo.InvariantCulture, $"{path}?limit={limit}{(cursor == "" ? "" : $"&cursor={cursor}")}"));
            pages.Add(page[key]!.AsArray());
            cursor = (string?)page["nextCursor"];
        }

        return pages;
    }

    private static void AssertSame(JsonNode? expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected}\n{actual}");
}
