using Experiments.Processes;

namespace Experiments.Client.Tests;

/// <summary>Verbs beside a run that does not answer, or no longer.</summary>
public sealed class JoinTests : IDisposable
{
    private readonly Workplace _workplace = new();

    [Fact]
    public async Task ARunThatDoesNotAnswerIsNamedInOneLineAndOnceItIsKilledTheStorageIsRead()
    {
        await using var run = await Train("frozen");
        run.Freeze();

        var list = await ClientProcess.Run(_workplace.Folder, "list");

        Assert.Equal(3, list.ExitCode);
        string said = Assert.Single(list.Errors.TrimEnd().Split('\n'));
        Assert.StartsWith("'run frozen.yaml' (process ", said, StringComparison.Ordinal);
        Assert.Contains("does not answer", said, StringComparison.Ordinal);

        run.Kill();
        await run.Finish();
        var read = await ClientProcess.Run(_workplace.Folder, "list");
        Assert.True(read.ExitCode == 0, read.Errors);
        Assert.Contains("frozen", read.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWatchEndsWithTheRunThatItHasJoined()
    {
        await using var run = await Train("ended");
        await using var watch = ClientProcess.Start(_workplace.Folder, "watch", "ended");
        await watch.Line(line => line.Contains("it: ", StringComparison.Ordinal));

        run.Kill();

        var ended = await watch.Finish();
        Assert.Equal(3, ended.ExitCode);
        Assert.StartsWith("'run ended.yaml', which was active on the storage", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => _workplace.Dispose();

    private async Task<ClientProcess> Train(string grid)
    {
        var run = ClientProcess.Start(_workplace.Folder, "run", _workplace.Grid(grid, "  - name: it", epochs: 100_000), "--slots", "1");
        await run.Line(line => line.Contains("it: trains", StringComparison.Ordinal));
        return run;
    }
}
