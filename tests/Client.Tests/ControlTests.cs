using System.Text.Json.Nodes;
using Experiments.Processes;

namespace Experiments.Client.Tests;

/// <summary>cancel, pause, resume, retry and delete by the built client: beside a run, and on a storage that nothing trains on.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task ARunThatIsPausedFromElsewhereEndsAndGoesOnToTheSameWeights()
    {
        string file = _workplace.Grid("pausing", "  - name: it\n    dropout: 0.2", epochs: 60);
        await using (var run = ClientProcess.Start(_workplace.Folder, "run", file))
        {
            await run.Line(line => line.Contains("epoch 1/60", StringComparison.Ordinal));
            Assert.Contains("Grid pausing: 1 experiment paused.", (await Succeeds("pause", "pausing")).Output, StringComparison.Ordinal);

            var paused = await run.Finish();
            Assert.True(paused.ExitCode == 1, paused.Output + paused.Errors);
            Assert.Contains("1 experiment paused: the same command goes on.", paused.Output, StringComparison.Ordinal);
        }

        await Refuses(["'pausing/it' is paused", "'retry' is for one that is", "cancel, resume"], "retry", "pausing/it");
        Assert.Contains("run the grid's file again", (await Succeeds("resume", "pausing/it")).Output, StringComparison.Ordinal);
        Assert.Equal("Pending", (string)(await Json("show", "pausing/it", "--json"))["status"]!);

        var resumed = await Json("run", file, "--json");
        Assert.Equal(2, (int)resumed["experiments"]![0]!["attempts"]!);
        Assert.Equal(RecordedResults.Reproducible(await Json("run", file, "--json", "--storage", "straight")), RecordedResults.Reproducible(resumed));
    }

    [Fact]
    public async Task ACancelFreesTheSlotForTheNextAndARetryGoesOnWhereItStopped()
    {
        string file = _workplace.Grid("cancelling", "  - name: long\n    training: { epochs: 100000 }\n  - name: next", epochs: 1);
        await using (var run = ClientProcess.Start(_workplace.Folder, "run", file, "--slots", "1"))
        {
            await run.Line(line => line.Contains("long: epoch ", StringComparison.Ordinal));
            Assert.Contains("cancelling/long is cancelled", (await Succeeds("cancel", "cancelling/long")).Output, StringComparison.Ordinal);
            var ended = await run.Finish();
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("next: completed", ended.Output, StringComparison.Ordinal);
            Assert.Contains("'experiments retry cancelling'", ended.Output, StringComparison.Ordinal);
        }

        Assert.Equal("Cancelled", (string)(await Json("list", "--json"))["grids"]![0]!["status"]!);
        var before = (await Json("show", "cancelling/long", "--json"))["history"]!.AsArray();
        AssertCounts(changed: 1, skipped: 1, await Json("retry", "cancelling", "--json"));

        await using (var again = ClientProcess.Start(_workplace.Folder, "run", file, "--slots", "1"))
        {
            await again.Line(line => line.Contains("long: goes on after epoch ", StringComparison.Ordinal));
            await again.Line(line => line.Contains("long: epoch ", StringComparison.Ordinal));
            AssertCounts(changed: 1, skipped: 1, await Json("cancel", "cancelling", "--json"));
            Assert.Equal(1, (await again.Finish()).ExitCode);
        }

        // What the first attempt came to, its seconds too, and more.
        var after = (await Json("show", "cancelling/long", "--json"))["history"]!.AsArray();
        Assert.InRange(after.Count, before.Count + 1, int.MaxValue);
        Assert.All(before.Zip(after), epochs => Assert.True(JsonNode.DeepEquals(epochs.First, epochs.Second)));
    }

    [Fact]
    public async Task AVerbForWhatTrainsReachesTheRunAndTheOthersSayWhatIsAllowed()
    {
        string file = _workplace.Grid("verbs", "  - name: first\n  - name: second", epochs: 100_000);
        await using var run = ClientProcess.Start(_workplace.Folder, "run", file, "--slots", "1");
        await run.Line(line => line.Contains("first: trains", StringComparison.Ordinal));

        await Refuses(["'verbs/first' is running", "'resume' is for one that is paused", "cancel, pause"], "resume", "verbs/first");
        await Refuses(["'verbs/third'"], "cancel", "verbs/third");
        await Refuses(["'nowhere'", "experiments list"], "delete", "nowhere", "--yes");
        await Refuses(["2 unfinished experiments", "experiments cancel verbs"], "delete", "verbs", "--yes");
        AssertCounts(changed: 0, skipped: 2, await Json("retry", "verbs", "--json"));

        // The one that trains makes room for the other, and comes back.
        AssertCounts(changed: 1, skipped: 0, await Json("pause", "verbs/first", "--json"));
        await run.Line(line => line.Contains("second: trains", StringComparison.Ordinal));
        AssertCounts(changed: 1, skipped: 0, await Json("resume", "verbs/first", "--json"));
        AssertCounts(changed: 1, skipped: 0, await Json("cancel", "verbs/second", "--json"));
        await run.Line(line => line.Contains("first: goes on", StringComparison.Ordinal) || line.Contains("first: trains", StringComparison.Ordinal));
        AssertCounts(changed: 1, skipped: 1, await Json("cancel", "verbs", "--json"));
        Assert.Equal(1, (await run.Finish()).ExitCode);
    }

    [Fact]
    public async Task ADivergedExperimentThatIsRetriedDivergesAgain()
    {
        string file = _workplace.Grid("diverging", "  - name: wild\n    training: { learningRate: 1e30 }");
        var failed = await ClientProcess.Run(_workplace.Folder, "run", file);
        Assert.Contains("1 experiment failed: 'experiments retry diverging'", failed.Output, StringComparison.Ordinal);
        Assert.Contains("1 experiment to be tried again", (await Succeeds("retry", "diverging")).Output, StringComparison.Ordinal);

        var again = await ClientProcess.Run(_workplace.Folder, "run", file, "--json");

        Assert.Equal(1, again.ExitCode);
        var wild = JsonNode.Parse(again.Output)!["experiments"]![0]!;
        Assert.Equal(("Failed", "diverged at epoch 1", 2), ((string)wild["status"]!, (string)wild["error"]!, (int)wild["attempts"]!));
    }

    [Fact]
    public async Task ADeletedGridIsGoneAndAnotherTakesItsName()
    {
        await Succeeds("run", _workplace.Grid("name", "  - name: a", epochs: 1));
        var before = await Json("show", "name", "--json");

        await Refuses(["cannot be undone", "--yes"], "delete", "name");
        await Refuses(["'name/a' is one experiment"], "delete", "name/a", "--yes");
        Assert.True(JsonNode.DeepEquals(before, await Json("show", "name", "--json")));
        AssertCounts(changed: 1, skipped: 0, await Json("delete", "name", "--yes", "--json"));

        Assert.Empty((await Json("list", "--json"))["grids"]!.AsArray());
        await Refuses(["There is no grid 'name'"], "delete", "name", "--yes");
        await Refuses(["There is no grid 'name'"], "watch", "name");
        await Refuses(["There is no experiment 'name/a'"], "show", "name/a");
        var after = await Json("run", _workplace.Grid("name", "  - name: a\n    training: { seed: 2 }", epochs: 1), "--json");
        Assert.NotEqual((string)before["grid"]!["id"]!, (string)after["grid"]!["id"]!);
        Assert.Equal(1, (int)after["experiments"]![0]!["attempts"]!);
    }

    private static void AssertCounts(int changed, int skipped, JsonNode json) =>
        Assert.Equal((changed, skipped), ((int)json["changed"]!, (int)json["skipped"]!));

    private async Task Refuses(string[] expected, params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        Assert.All(expected, text => Assert.Contains(text, result.Errors, StringComparison.Ordinal));
    }

    private async Task<JsonNode> Json(params string[] arguments) => JsonNode.Parse((await Succeeds(arguments)).Output)!;

    private async Task<ClientResult> Succeeds(params string[] arguments)
    {
        var result = await ClientProcess.Run(_workplace.Folder, arguments);
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        return result;
    }
}
