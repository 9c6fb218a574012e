using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Experiments.Grains.Tests;
using Experiments.Processes;
using Experiments.Training;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Experiments.Client.Tests;

/// <summary>A grid on this machine, from its file to its results, by the built client.</summary>
public sealed class RunTests : IDisposable
{
    private const string TwoExperiments =
        """
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task ARunWritesAllResultsAndTheyReadAlikeEverywhere()
    {
        string file = _workplace.Grid("halves", TwoExperiments);
        var run = await Succeeds("run", file, "--json", "--slots", "2");
        var results = JsonNode.Parse(run.Output)!;

        Assert.Equal(1, (int)results["schemaVersion"]!);
        Assert.Equal("Completed", (string)results["grid"]!["status"]!);
        foreach (var experiment in results["experiments"]!.AsArray())
        {
            Assert.Equal([1, 2], experiment!["history"]!.AsArray().Select(epoch => (int)epoch!["epoch"]!));
            Assert.Equal(Workplace.TestImages, (int)experiment["test"]!["correct"]! + (int)experiment["test"]!["incorrect"]!);
            Assert.True((double)experiment["test"]!["accuracy"]! > 0.9);

            string folder = _workplace.PathOf("results", "halves", (string)experiment["name"]!);
            Assert.Equal(
                ["best.safetensors", "confusion.png", "correct.png", "history.csv", "incorrect.png", "model.png", "predictions.csv", "weights.safetensors"],
                Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal((string)experiment["weightsSha256"]!, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "weights.safetensors")))));
            Assert.Equal(3, File.ReadAllLines(Path.Combine(folder, "history.csv")).Length);
            Assert.Equal(Workplace.TestImages + 1, File.ReadAllLines(Path.Combine(folder, "predictions.csv")).Length);
        }

        Assert.True(JsonNode.DeepEquals(results, RecordedResults.Read(_workplace.PathOf("results", "halves", "results.json"))));
        Assert.True(File.Exists(_workplace.PathOf("results", "halves", "curves.png")));
        Assert.Contains("dropout", File.ReadAllText(_workplace.PathOf("results", "halves", "report.md")), StringComparison.Ordinal);

        Assert.True(JsonNode.DeepEquals(results, await Json("report", "halves", "--json")));
        Assert.True(JsonNode.DeepEquals(results, await Json("show", (string)results["grid"]!["id"]!, "--json")));
        var first = results["experiments"]![0]!;
        Assert.True(JsonNode.DeepEquals(first, await Json("show", "halves/baseline", "--json")));
        Assert.True(JsonNode.DeepEquals(first, await Json("show", (string)first["id"]!, "--json")));
        Assert.True(JsonNode.DeepEquals(results["grid"]!["id"], (await Json("list", "--json"))["grids"]![0]!["id"]));
    }

    [Fact]
    public async Task ResultsAreForPeopleToo()
    {
        string file = _workplace.Grid("people", TwoExperiments);
        var run = await Succeeds("run", file);
        foreach (string expected in (string[])[
            "2 experiments submitted", "baseline: trains", "dropout: epoch 2/2, train loss", "dropout: completed, test loss", "images/s",
            "Total params: ", "precision", "macro avg", "weighted avg", "McNemar", "Results are in"])
        {
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('\u001b', run.Output);
        string list = (await Succeeds("list")).Output;
        Assert.Contains("Completed", list, StringComparison.Ordinal);
        Assert.Matches(@"[1-9][0-9,]*\.[0-9] MB", list);
        Assert.Contains("dropout.conv3 0.4", (await Succeeds("show", "people/dropout")).Output, StringComparison.Ordinal);
        Assert.Contains("2/2", (await Succeeds("show", "people")).Output, StringComparison.Ordinal);
        Assert.Contains("McNemar", (await Succeeds("report", "people", "--html", "reports/people.html")).Output, StringComparison.Ordinal);
        string page = File.ReadAllText(_workplace.PathOf("reports", "people.html"));
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>people</h1>", page, StringComparison.Ordinal);
        Assert.Contains("McNemar", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatPeopleWroteIsShownAsTextThatDrivesNoTerminal()
    {
        await Succeeds("run", _workplace.Grid("annotated", "  - name: one\n  - name: two", epochs: 1));
        Assert.DoesNotContain("Tags", (await Succeeds("list")).Output + (await Succeeds("show", "annotated")).Output, StringComparison.Ordinal);
        Annotate(experiment: null, tags: "night,[red]x", note: "first\r\n\u001b[31msecond");
        Annotate("one", tags: "<script>", note: "");

        Assert.Matches(@"Tags .*\n.*\n *annotated .* night, \[red\]x ", (await Succeeds("list")).Output);
        string grid = (await Succeeds("show", "annotated")).Output;
        Assert.Contains("Tags: night, [red]x\nNote: first\n\\u001b[31msecond\n", grid, StringComparison.Ordinal);
        Assert.Matches(@"Tags .*\n.*\n *one .* <script> ", grid);
        Assert.Contains("Tags: <script>\nConfiguration:", (await Succeeds("show", "annotated/one")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Tags", (await Succeeds("show", "annotated/two")).Output, StringComparison.Ordinal);
        var written = (await Json("show", "annotated", "--json"))["grid"]!["annotation"]!;
        Assert.Equal(("night", "first\r\n\u001b[31msecond"), ((string)written["tags"]![0]!, (string)written["note"]!));
    }

    [Fact]
    public async Task TheSameCommandAgainTrainsNothingAndALargerNumberOfEpochsGoesOn()
    {
        string file = _workplace.Grid("again", TwoExperiments, epochs: 3);
        string straight = RecordedResults.Reproducible(await Json("run", file, "--json", "--storage", "straight"));

        string two = RecordedResults.Reproducible(await Json("run", file, "--json", "--set", "training.epochs=2"));
        Assert.Equal(two, RecordedResults.Reproducible(await Json("run", file, "--json", "--set", "training.epochs=2")));
        Assert.Equal(straight, RecordedResults.Reproducible(await Json("run", file, "--json")));
    }

    [Fact]
    public async Task ExportedFilesAreThoseOfTheResults()
    {
        string file = _workplace.Grid("export", "  - name: a", epochs: 1);
        await Succeeds("run", file);
        await Succeeds("export", "export/a", "--weights", "w.safetensors", "--best", "b.safetensors", "--history", "h.csv", "--predictions", "p.csv");
        string folder = _workplace.PathOf("results", "export", "a");
        foreach (var (exported, written) in ((string, string)[])[("w.safetensors", "weights.safetensors"), ("b.safetensors", "best.safetensors"), ("h.csv", "history.csv"), ("p.csv", "predictions.csv")])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, written)), File.ReadAllBytes(_workplace.PathOf(exported)));
        }
    }

    [Fact]
    public async Task ADivergingExperimentFailsAndTheOthersGoOn()
    {
        string file = _workplace.Grid("diverging", "  - name: wild\n    training: { learningRate: 1e30 }\n  - name: calm");
        var run = await ClientProcess.Run(_workplace.Folder, "run", file, "--json");
        Assert.Equal(1, run.ExitCode);
        var experiments = JsonNode.Parse(run.Output)!["experiments"]!;
        Assert.Equal("diverged at epoch 1", (string)experiments[0]!["error"]!);
        Assert.Null(experiments[0]!["test"]);
        Assert.Equal("Completed", (string)experiments[1]!["status"]!);
    }

    [Fact]
    public async Task ASecondRunOnTheStorageIsRefusedAndASubmitJoinsTheFirst()
    {
        string first = _workplace.Grid("first", TwoExperiments, epochs: 100_000);
        string second = _workplace.Grid("second", "  - name: joins", epochs: 1);
        await using var run = ClientProcess.Start(_workplace.Folder, "run", first, "--slots", "2");
        await run.Line(line => line.Contains(": trains", StringComparison.Ordinal));

        var refused = await ClientProcess.Run(_workplace.Folder, "run", second);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'run first.yaml' is active", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("experiments submit", refused.Errors, StringComparison.Ordinal);

        var silo = Assert.Single((await Json("silos", "--json"))["silos"]!.AsArray())!;
        Assert.Equal(2, (int)silo["slots"]!);
        Assert.Equal("Active", (string)silo["status"]!);
        Assert.True((long)silo["freeBytes"]! > 0);
        Assert.Equal(LibTorch.Version, (string)silo["version"]!);
        Assert.Equal(Processor.Kind(CpuCapability.Choose()), (string)silo["processor"]!);
        Assert.True((long)(await Json("list", "--json"))["storageBytes"]! > 0);
        string shown = (await Succeeds("silos")).Output;
        Assert.Matches(@"2 of 2 +0:\d\d +[\d,]+\.\d GB", shown);
        Assert.Matches(@"(?m)^Storage: \d+\.\d MB\. Datasets kept by silos: \d+\.\d MB\.$", shown);

        var submitted = await Succeeds("submit", second, "--json");
        Assert.True((bool)JsonNode.Parse(submitted.Output)!["created"]!);
        Assert.Equal(2, (await Json("list", "--json"))["grids"]!.AsArray().Count);
        await Succeeds("cancel", "first");
        Assert.Equal(1, (await run.Finish()).ExitCode);
        Assert.Equal("Completed", (string)(await Json("show", "second/joins", "--json"))["status"]!);
    }

    [Fact]
    public async Task AGridThatAnotherRunLeftUnfinishedWaitsForItsOwn()
    {
        string left = _workplace.Grid("left", TwoExperiments, epochs: 20);
        await using (var run = ClientProcess.Start(_workplace.Folder, "run", left))
        {
            await run.Line(line => line.Contains(": trains", StringComparison.Ordinal));
            run.Interrupt();
            Assert.Equal(130, (await run.Finish()).ExitCode);
        }

        await Succeeds("run", _workplace.Grid("other", "  - name: a", epochs: 1));
        var grids = (await Json("list", "--json"))["grids"]!.AsArray();
        Assert.Equal(["Running", "Completed"], grids.Select(grid => (string)grid!["status"]!));
        Assert.Equal(1, (int)(await Json("show", "left/baseline", "--json"))["attempts"]!);
    }

    [Fact]
    public async Task AFullDiskPausesTheExperimentsAndTheSameCommandGoesOnOnceThereIsRoom()
    {
        using var disk = new SmallDevice(megabytes: 2);
        string file = _workplace.Grid("full", TwoExperiments, epochs: 3);
        string storage = Path.Combine(disk.Path, "storage");

        var paused = await ClientProcess.Run(_workplace.Folder, "run", file, "--storage", storage);
        Assert.True(paused.ExitCode == 1, paused.Output + paused.Errors);
        Assert.Contains($"No space left to write to '{Path.Combine(storage, "experiments.db")}'", paused.Output, StringComparison.Ordinal);

        disk.Resize(megabytes: 64);
        string resumed = RecordedResults.Reproducible(await Json("run", file, "--json", "--storage", storage));
        Assert.Equal(RecordedResults.Reproducible(await Json("run", file, "--json")), resumed);
    }

    /// <summary>As the dashboard has it stored: no verb writes annotations.</summary>
    private void Annotate(string? experiment, string tags, string note)
    {
        using var connection = new SqliteConnection($"Data Source={_workplace.PathOf("storage", "experiments.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO annotation (grid_id, experiment_id, tags, note)
            SELECT grid.id, COALESCE((SELECT experiment.id FROM experiment WHERE json_extract(summary, '$.name') = @experiment), ''), @tags, @note FROM grid
            """;
        command.Parameters.AddWithValue("@experiment", (object?)experiment ?? DBNull.Value);
        command.Parameters.AddWithValue("@tags", tags);
        command.Parameters.AddWithValue("@note", note);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private async Task<JsonNode> Json(params string[] arguments) => JsonNode.Parse((await Succeeds(arguments)).Output)!;

    private async Task<ClientResult> Succeeds(params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        return result;
    }
}
