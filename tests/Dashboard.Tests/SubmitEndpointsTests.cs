using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Experiments.Dashboard.Tests;

public sealed class SubmitEndpointsTests(OperatedCluster cluster)
{
    [Fact]
    public async Task A_grid_file_becomes_a_grid_and_the_same_again_goes_on_with_it()
    {
        var dashboard = cluster.Dashboard;
        string yaml = cluster.Yaml("posted", "  - name: a\n    matrix: { training.seed: [1, 2, 3] }");

        using var created = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "application/yaml");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/grids/posted", created.Headers.Location?.ToString());
        var answer = await RunningDashboard.Content(created);
        Assert.Equal((true, 3, "posted"), ((bool)answer["created"]!, (int)answer["experiments"]!, (string)answer["grid"]!["name"]!));

        using var again = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "text/yaml; charset=utf-8");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.False((bool)(await RunningDashboard.Content(again))["created"]!);

        var shown = await dashboard.Json("/api/grids/posted");
        Assert.True(JsonNode.DeepEquals((await dashboard.Json($"/api/grids/{OperatedCluster.First}"))["dataset"], shown["dataset"]), "The data are those of the grid with which they came.");
    }

    [Fact]
    public async Task What_is_set_goes_over_the_file()
    {
        var dashboard = cluster.Dashboard;
        string body = new JsonObject { ["yaml"] = cluster.Yaml("before"), ["set"] = new JsonArray("training.epochs=1", "name=set") }.ToJsonString();

        using var created = await dashboard.Send(HttpMethod.Post, "/api/grids", body, "application/json");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(1, (int)(await dashboard.Json("/api/grids/set/experiments"))["experiments"]![0]!["epochs"]!);
    }

    [Fact]
    public async Task All_faults_are_told_with_their_places()
    {
        var dashboard = cluster.Dashboard;

        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids", "name: a b\ndataset: fashion-mnist\nexperiments:\n  - { name: a, droput: 1 }\n", "application/yaml");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await RunningDashboard.Content(answer);
        Assert.Equal("The grid file is wrong.", (string)problem["title"]!);
        Assert.Equal([(1, 7), (4, 16)], problem["faults"]!.AsArray().Select(fault => ((int)fault!["line"]!, (int)fault["column"]!)));
        Assert.Contains("did you mean 'dropout'?", (string)problem["faults"]![1]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("training: { batchSize: 321 }", "training.batchSize: is 321, but the split leaves 320 of 400 images to train on")]
    [InlineData("model: { conv3: { kernel: 9 } }", "model.conv3: a kernel of 9 × 9 does not fit into a feature map of 3 × 3")]
    [InlineData("split: { validation: 0.999 }", "split.validation: 0.999 of 400 training images leaves 0 to train")]
    public async Task What_the_data_do_not_admit_is_a_fault_before_anything_is_submitted(string more, string told)
    {
        var dashboard = cluster.Dashboard;
        string yaml = cluster.Yaml("impossible").Replace("training: { epochs: 2, batchSize: 32 }", more, StringComparison.Ordinal);

        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "application/yaml");

        Assert.Contains(told, (string)Assert.Single((await RunningDashboard.Content(answer))["faults"]!.AsArray())!["message"]!, StringComparison.Ordinal);
        using var none = await dashboard.Get("/api/grids/impossible");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_grid_that_differs_under_the_same_name_is_a_conflict_that_names_the_keys()
    {
        var dashboard = cluster.Dashboard;
        using var first = await dashboard.Send(HttpMethod.Post, "/api/grids", cluster.Yaml("differs"), "application/yaml");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var other = await dashboard.Send(HttpMethod.Post, "/api/grids", cluster.Yaml("differs", "  - name: a\n    training: { batchSize: 64 }"), "application/yaml");

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(["a: training.batchSize: 32 → 64"], (await RunningDashboard.Content(other))["differences"]!.AsArray().Select(difference => (string)difference!));
    }

    [Fact]
    public async Task Data_in_files_are_refused_with_the_remedy_and_no_file_is_looked_for()
    {
        var dashboard = cluster.Dashboard;
        const string Yaml = "name: mine\ndataset: { name: mine, classes: [a, b], train: { csv: /etc/passwd }, test: { csv: /nowhere } }\nexperiments:\n  - name: a\n";

        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids", Yaml, "application/yaml");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string[] faults = [.. (await RunningDashboard.Content(answer))["faults"]!.AsArray().Select(fault => (string)fault!["message"]!)];
        Assert.Equal(2, faults.Length);
        Assert.All(faults, fault => Assert.Contains("submit it there with 'experiments submit'", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("no file", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_that_the_cluster_has_not_or_calls_otherwise_are_refused()
    {
        var dashboard = cluster.Dashboard;
        string yaml = cluster.Yaml("missing");

        Assert.Contains("is not in the storage", await OnlyFault(dashboard, Regex.Replace(yaml, "sha256: .*", $"sha256: {new string('0', 64)}")), StringComparison.Ordinal);
        Assert.Contains("have the classes [left, right, top, bottom]", await OnlyFault(dashboard, yaml.Replace("left, right", "right, left", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_may_ask_what_a_file_comes_to_and_nothing_is_submitted()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        dashboard.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningDashboard.ReadKey);
        string yaml = cluster.Yaml("asked", "  - name: a\n    matrix: { dropout.dense: [0.1, 0.2], training.seed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }", epochs: 3);

        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids/validate", yaml, "application/yaml");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = await RunningDashboard.Content(answer);
        Assert.Equal(("asked", 22, 66, 20, 0), ((string)told["grid"]!, (int)told["experiments"]!, (int)told["epochs"]!, told["first"]!.AsArray().Count, told["faults"]!.AsArray().Count));
        Assert.Equal("a-dense=0.1-seed=2", (string)told["first"]![1]!["name"]!);
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["dropout.dense"] = "0.1", ["training.seed"] = "2" }, told["first"]![1]!["values"]), told.ToJsonString());
        Assert.Contains("is new", (string)told["effect"]!, StringComparison.Ordinal);
        using var none = await dashboard.Get("/api/grids/asked");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        using var faulty = await dashboard.Send(HttpMethod.Post, "/api/grids/validate", "name: 7\n", "application/yaml");
        Assert.Equal(2, (await RunningDashboard.Content(faulty))["faults"]!.AsArray().Count);
        using var refused = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "application/yaml");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "{ \"yaml\": ", HttpStatusCode.BadRequest, "The body cannot be read.")]
    [InlineData("application/json", "{ \"set\": [] }", HttpStatusCode.BadRequest, "The body cannot be read.")]
    [InlineData("application/json", "{ \"yaml\": \"\", \"set\": [null] }", HttpStatusCode.BadRequest, "The body cannot be read.")]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest, "The body cannot be read.")]
    [InlineData("application/yaml", "name: \u00ff", HttpStatusCode.BadRequest, "The body cannot be read.")]
    [InlineData("application/xml", "<grid/>", HttpStatusCode.UnsupportedMediaType, "The body is of no type that can be read.")]
    public async Task A_body_that_cannot_be_read_is_refused(string type, string body, HttpStatusCode status, string title)
    {
        var dashboard = cluster.Dashboard;
        foreach (string path in (string[])["/api/grids", "/api/grids/validate"])
        {
            using var answer = await dashboard.Send(HttpMethod.Post, path, Encoding.Latin1.GetBytes(body), type);
            Assert.Equal(title, (await RunningDashboard.Problem(answer, status)).Title);
        }
    }

    [Fact]
    public async Task A_body_that_is_larger_than_it_said_is_refused()
    {
        var dashboard = cluster.Dashboard;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/grids") { Content = new StreamContent(new MemoryStream(new byte[3_000_000])) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        request.Headers.TransferEncodingChunked = true;

        using var answer = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("The request is too large.", (await RunningDashboard.Problem(answer, HttpStatusCode.RequestEntityTooLarge)).Title);
    }

    private static async Task<string> OnlyFault(RunningDashboard dashboard, string yaml)
    {
        using var answer = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "application/yaml");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return (string)Assert.Single((await RunningDashboard.Content(answer))["faults"]!.AsArray())!["message"]!;
    }
}
