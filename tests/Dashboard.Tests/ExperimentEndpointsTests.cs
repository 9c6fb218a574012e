using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Experiments.Dashboard.Tests;

public sealed class ExperimentEndpointsTests(TrainedCluster cluster)
{
    private const string Experiment = "/api/grids/first/experiments/rate-2";

    [Fact]
    public async Task The_curves_of_one_experiment_come_alone_and_then_only_what_changed()
    {
        var dashboard = cluster.Dashboard;

        var curves = await dashboard.Json($"{Experiment}/curves");

        var shown = await dashboard.Json(Experiment);
        Assert.Equal((string)shown["id"]!, (string)Assert.Single(curves["experiments"]!.AsArray())!["id"]!);
        Assert.Equal(
            shown["history"]!.AsArray().Select(epoch => (double)epoch!["validationLoss"]!),
            Assert.Single(curves["curves"]!.AsArray())!["validationLoss"]!.AsArray().Select(loss => (double)loss!));
        Assert.Empty((await dashboard.Json($"{Experiment}/curves?after={curves["version"]}"))["curves"]!.AsArray());
    }

    [Fact]
    public async Task The_journal_tells_of_the_attempt_and_its_end()
    {
        var dashboard = cluster.Dashboard;

        var journal = await dashboard.Json($"{Experiment}/journal");

        var attempt = Assert.Single(journal["attempts"]!.AsArray())!;
        Assert.Equal(("Completed", 1, 0, 2), ((string)attempt["outcome"]!, (int)attempt["lease"]!, (int)attempt["epochsBefore"]!, (int)attempt["epochsAfter"]!));
        Assert.NotEmpty(journal["log"]!.AsArray());
    }

    [Fact]
    public async Task The_confusion_matrix_is_named_by_the_classes()
    {
        var dashboard = cluster.Dashboard;

        var confusion = await dashboard.Json($"{Experiment}/confusion");

        Assert.Equal(["left", "right", "top", "bottom"], confusion["classes"]!.AsArray().Select(name => (string)name!));
        Assert.True(JsonNode.DeepEquals((await dashboard.Json(Experiment))["confusionMatrix"], confusion["counts"]));
    }

    [Fact]
    public async Task The_layers_are_those_of_the_model_with_its_dropout()
    {
        var dashboard = cluster.Dashboard;

        var model = await dashboard.Json($"{Experiment}/model");

        Assert.Equal((int)(await dashboard.Json(Experiment))["parameters"]!, (int)model["parameters"]!);
        Assert.Contains("Dropout", model["layers"]!.AsArray().Select(layer => (string)layer!["type"]!));
    }

    [Fact]
    public async Task Predictions_come_in_pages_the_most_confident_errors_first()
    {
        var dashboard = cluster.Dashboard;
        var test = (await dashboard.Json(Experiment))["test"]!;

        var all = await dashboard.Json($"{Experiment}/predictions?take=1000");
        Assert.Equal(Processes.Workplace.TestImages, (int)all["count"]!);
        Assert.Equal(Processes.Workplace.TestImages, all["images"]!.AsArray().Count);

        var wrong = await dashboard.Json($"{Experiment}/predictions?correct=false");
        Assert.Equal((int)test["incorrect"]!, (int)wrong["count"]!);
        Assert.All(wrong["images"]!.AsArray(), image => Assert.NotEqual((int)image!["label"]!, (int)image["predicted"]!));
        double[] confidence = [.. wrong["images"]!.AsArray().Select(image => (double)image!["probability"]!)];
        Assert.Equal(confidence.OrderDescending(), confidence);
        Assert.Equal(16, confidence.Length);

        var next = await dashboard.Json($"{Experiment}/predictions?skip=1&take=2");
        Assert.Equal(all["images"]!.AsArray().Skip(1).Take(2).Select(image => (int)image!["index"]!), next["images"]!.AsArray().Select(image => (int)image!["index"]!));

        var chosen = await dashboard.Json($"{Experiment}/predictions?label=1&predicted=1");
        Assert.All(chosen["images"]!.AsArray(), image => Assert.Equal((1, 1, true), ((int)image!["label"]!, (int)image["predicted"]!, (bool)image["isCorrect"]!)));
    }

    [Theory]
    [InlineData("take=0", "take: '0' is no whole number from 1 to 1000.")]
    [InlineData("take=1001", "take: '1001' is no whole number from 1 to 1000.")]
    [InlineData("skip=-1", "skip: '-1' is no whole number from 0 to 2147483647.")]
    [InlineData("label=shirt", "label: 'shirt' is no whole number from 0 to 2147483647.")]
    [InlineData("correct=perhaps", "correct: 'perhaps' is neither true nor false.")]
    public async Task What_cannot_be_asked_of_predictions_is_refused_with_what_can(string query, string detail)
    {
        var dashboard = cluster.Dashboard;

        Assert.Equal(("The question cannot be read.", detail), await dashboard.Problem($"{Experiment}/predictions?{query}", HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("history.csv", "text/csv")]
    [InlineData("predictions.csv", "text/csv")]
    [InlineData("weights.safetensors", "application/octet-stream")]
    [InlineData("best.safetensors", "application/octet-stream")]
    public async Task Files_are_those_of_the_command_line_named_by_grid_and_experiment(string kind, string type)
    {
        var dashboard = cluster.Dashboard;

        using var file = await dashboard.Get($"{Experiment}/{kind}");

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(type, file.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", $"first-rate-2-{kind}"), (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName));
        byte[] content = await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (await cluster.Exported("first/rate-2", kind) is { } exported) Assert.Equal(exported, content);
        if (kind == "weights.safetensors") Assert.Equal((string)(await dashboard.Json(Experiment))["weightsSha256"]!, Convert.ToHexStringLower(SHA256.HashData(content)));

        using var again = await dashboard.GetUnless($"{Experiment}/{kind}", file.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("curves")]
    [InlineData("journal")]
    [InlineData("confusion")]
    [InlineData("model")]
    [InlineData("predictions")]
    [InlineData("predictions.csv")]
    [InlineData("history.csv")]
    [InlineData("weights.safetensors")]
    [InlineData("best.safetensors")]
    public async Task An_experiment_that_there_is_not_is_answered_with_those_that_read_alike(string of)
    {
        var dashboard = cluster.Dashboard;

        var (title, detail) = await dashboard.Problem($"/api/grids/first/experiments/rate2/{of}", HttpStatusCode.NotFound);

        Assert.Equal("The grid 'first' has no experiment 'rate2'.", title);
        Assert.Contains("'rate-2'", detail, StringComparison.Ordinal);
        Assert.Equal("There is no grid 'frist'.", (await dashboard.Problem($"/api/grids/frist/experiments/rate-2/{of}", HttpStatusCode.NotFound)).Title);
    }
}
