using System.Net;
using System.Text.Json.Nodes;

namespace Experiments.Dashboard.Tests;

public sealed class ControlEndpointsTests(OperatedCluster cluster)
{
    /// <summary>More than any test waits for.</summary>
    private const int Forever = 100_000;

    [Fact]
    public async Task A_grid_is_paused_resumed_cancelled_retried_and_deleted()
    {
        var dashboard = await Submitted("steered", "  - { name: a, matrix: { training.seed: [1, 2, 3] } }");

        Assert.Equal((3, 0), await Control(dashboard, "pause"));
        Assert.Equal((0, 3), await Control(dashboard, "pause"));
        Assert.Equal("Paused", (string)(await dashboard.Json("/api/grids/steered"))["status"]!);
        Assert.Equal((3, 0), await Control(dashboard, "resume"));
        using var early = await dashboard.Send(HttpMethod.Delete, "/api/grids/steered");
        Assert.Equal(("Grid 'steered' has 3 unfinished experiments.", "Cancel first: POST /api/grids/steered/cancel."), await RunningDashboard.Problem(early, HttpStatusCode.Conflict));
        Assert.Equal((3, 0), await Control(dashboard, "cancel"));
        Assert.Equal((3, 0), await Control(dashboard, "retry"));
        Assert.Equal((3, 0), await Control(dashboard, "cancel"));

        using var deleted = await dashboard.Send(HttpMethod.Delete, "/api/grids/steered");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await dashboard.Send(HttpMethod.Delete, "/api/grids/steered");
        Assert.Equal("There is no grid 'steered'.", (await RunningDashboard.Problem(again, HttpStatusCode.NotFound)).Title);

        static async Task<(int, int)> Control(RunningDashboard dashboard, string verb)
        {
            using var answer = await dashboard.Send(HttpMethod.Post, $"/api/grids/steered/{verb}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var result = await RunningDashboard.Content(answer);
            return ((int)result["changed"]!, (int)result["skipped"]!);
        }
    }

    [Fact]
    public async Task An_experiment_follows_what_its_status_allows_and_is_told_what_does_else()
    {
        var dashboard = await Submitted("single");

        Assert.Equal("Paused", await Status("pause"));
        using var twice = await dashboard.Send(HttpMethod.Post, "/api/grids/single/experiments/a/pause");
        Assert.Equal(
            ("There is nothing to pause.", "Experiment 'single/a' is paused: 'pause' is for one that is pending or running. Of this one is allowed: cancel, resume."),
            await RunningDashboard.Problem(twice, HttpStatusCode.Conflict));
        Assert.Equal("Pending", await Status("resume"));
        Assert.Equal("Cancelled", await Status("cancel"));
        Assert.Equal("Pending", await Status("retry"));
        Assert.Equal("Cancelled", await Status("cancel"));
        // Whoever asked sees it at once.
        Assert.Equal("Cancelled", (string)(await dashboard.Json("/api/grids/single/experiments"))["experiments"]![0]!["status"]!);

        using var unknown = await dashboard.Send(HttpMethod.Post, "/api/grids/single/experiments/aa/cancel");
        Assert.Equal(
            ("The grid 'single' has no experiment 'aa'.", "Did you mean 'a'? GET /api/grids/single/experiments lists all."), await RunningDashboard.Problem(unknown, HttpStatusCode.NotFound));

        async Task<string> Status(string verb)
        {
            using var answer = await dashboard.Send(HttpMethod.Post, $"/api/grids/single/experiments/a/{verb}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (string)(await RunningDashboard.Content(answer))["status"]!;
        }
    }

    [Fact]
    public async Task Tags_and_notes_are_put_in_place_of_those_before()
    {
        var dashboard = cluster.Dashboard;
        const string Experiment = $"/api/grids/{OperatedCluster.First}/experiments/rate-1-seed=1";

        await Put($"/api/grids/{OperatedCluster.First}/annotation", """{ "tags": ["night", "<b>"], "note": "All <i>text</i> 👕" }""");
        await Put($"{Experiment}/annotation", """{ "tags": ["odd"] }""");
        Assert.Equal("All <i>text</i> 👕", (string)(await dashboard.Json($"/api/grids/{OperatedCluster.First}"))["annotation"]!["note"]!);
        Assert.Equal("odd", (string)(await dashboard.Json(Experiment))["annotation"]!["tags"]![0]!);

        await Put($"/api/grids/{OperatedCluster.First}/annotation", "{}");
        Assert.Null((await dashboard.Json($"/api/grids/{OperatedCluster.First}"))["annotation"]);

        async Task Put(string path, string body)
        {
            using var answer = await dashboard.Send(HttpMethod.Put, path, body, "application/json");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{ "tags": ["a,b", "a,b"] }""", "Tags or note cannot be kept.", "Tag 1 holds a comma: make it two tags. Tag 2 is tag 1 again")]
    [InlineData("""{ "tags": 7 }""", "The request cannot be read.", "$.tags")]
    [InlineData("""{ "tags": [""", "The request cannot be read.", "JSON")]
    [InlineData("", "The request cannot be read.", "body")]
    public async Task An_annotation_that_cannot_be_kept_is_refused(string body, string title, string told)
    {
        var dashboard = cluster.Dashboard;

        using var answer = await dashboard.Send(HttpMethod.Put, $"/api/grids/{OperatedCluster.First}/annotation", body, "application/json");

        var problem = await RunningDashboard.Problem(answer, HttpStatusCode.BadRequest);
        Assert.Equal(title, problem.Title);
        Assert.Contains(told, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/grids/none/cancel")]
    [InlineData("POST", "/api/grids/none/experiments/a/cancel")]
    [InlineData("PUT", "/api/grids/none/annotation")]
    [InlineData("PUT", "/api/grids/none/experiments/a/annotation")]
    [InlineData("DELETE", "/api/grids/none")]
    public async Task An_unknown_grid_is_none(string verb, string path)
    {
        var dashboard = cluster.Dashboard;

        using var answer = await dashboard.Send(new HttpMethod(verb), path, "{}", "application/json");

        Assert.Equal("There is no grid 'none'.", (await RunningDashboard.Problem(answer, HttpStatusCode.NotFound)).Title);
    }

    [Fact]
    public async Task The_queue_is_in_the_order_of_service()
    {
        var dashboard = await Submitted("later", "  - { name: a, matrix: { training.seed: [1, 2, 3, 4] } }", "priority: -100\nmaxParallel: 1");
        await Submitted("sooner", "  - { name: a, matrix: { training.seed: [1, 2, 3, 4] } }", "priority: 100");

        var queue = (await dashboard.Json("/api/queue"))["grids"]!.AsArray();

        var names = queue.Select(grid => (string)grid!["gridName"]!).ToList();
        Assert.True(names.IndexOf("sooner") is >= 0 and var sooner && sooner < names.IndexOf("later"), string.Join(' ', names));
        JsonNode later = queue[names.IndexOf("later")]!;
        Assert.Equal((-100, 1), ((int)later["priority"]!, (int)later["maxParallel"]!));
        Assert.Equal(4, (int)later["waiting"]! + (int)later["training"]!);
        foreach (string grid in (string[])["later", "sooner"])
        {
            using var cancelled = await dashboard.Send(HttpMethod.Post, $"/api/grids/{grid}/cancel");
            Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        }
    }

    private async Task<RunningDashboard> Submitted(string grid, string experiments = "  - name: a", string more = "")
    {
        var dashboard = await RunningDashboard.StartJoined(cluster.Database);
        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids", cluster.Yaml(grid, experiments, Forever, more), "application/yaml");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return dashboard;
    }
}
