using System.Globalization;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>The client, run as users run it, and interrupted in every way: what comes out is what an undisturbed run gives.</summary>
public sealed class InterruptedRunTests(InterruptedRunTests.UndisturbedRun undisturbed, ITestOutputHelper log) : IClassFixture<InterruptedRunTests.UndisturbedRun>, IDisposable
{
    private const string Experiments =
        """
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
          - name: gentle
            training: { learningRate: 0.0003 }
        """;

    /// <summary>Each kill before an epoch's end counts as an attempt, of which a grid allows three unless told otherwise.</summary>
    private const string Patient = "maxAttempts: 100";

    private const int Epochs = 4;
    private const int Kills = 5;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task ARunKilledAtRandomMomentsEndsWithTheResultsOfAnUndisturbedOne(int slots)
    {
        string file = _workplace.Grid("killed", Experiments, Epochs, Patient);
        var random = Seed.Random(log);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using var run = ClientProcess.Start(_workplace.Folder, Run(file, slots));
            await run.Line(line => line.Contains(": trains", StringComparison.Ordinal) || line.Contains(": goes on", StringComparison.Ordinal) || line.Contains(": completed", StringComparison.Ordinal));
            await Task.Delay(random.Next(1_500), TestContext.Current.CancellationToken);
            run.Kill();
            await run.Finish();
        }

        var last = await ClientProcess.Run(_workplace.Folder, Run(file, slots));
        Assert.True(last.ExitCode == 0, last.Output + last.Errors);
        Assert.Equal(await undisturbed.Results, Reproducible(_workplace, "interrupted"));
    }

    [Fact]
    public async Task CtrlCStopsPromptlyAndTheSameCommandGoesOnInsideTheEpoch()
    {
        string file = _workplace.Grid("stopped", Experiments, Epochs);
        await using (var run = ClientProcess.Start(_workplace.Folder, Run(file, slots: 2)))
        {
            await run.Line(line => line.Contains(": trains", StringComparison.Ordinal));
            run.Interrupt();
            var stopped = await run.Finish();
            Assert.True(stopped.ExitCode == 130, stopped.Output + stopped.Errors);
            Assert.Contains("The same command goes on", stopped.Output, StringComparison.Ordinal);
        }

        var last = await ClientProcess.Run(_workplace.Folder, Run(file, slots: 2));
        Assert.True(last.ExitCode == 0, last.Output + last.Errors);
        Assert.Equal(await undisturbed.Results, Reproducible(_workplace, "interrupted"));
        Assert.Contains(
            RecordedResults.Read(_workplace.PathOf("interrupted", "results.json"))["experiments"]!.AsArray(),
            experiment => (int)experiment!["attempts"]! == 2);
    }

    [Fact]
    public async Task SigtermStopsAsCtrlCDoes()
    {
        string file = _workplace.Grid("terminated", Experiments, Epochs);
        await using var run = ClientProcess.Start(_workplace.Folder, Run(file, slots: 2));
        await run.Line(line => line.Contains(": trains", StringComparison.Ordinal));
        run.Terminate();
        Assert.Equal(130, (await run.Finish()).ExitCode);
    }

    private static string[] Run(string file, int slots) =>
        ["run", file, "--slots", slots.ToString(CultureInfo.InvariantCulture), "--output", "interrupted"];

    private static string Reproducible(Workplace workplace, string output) => RecordedResults.Reproducible(RecordedResults.Read(workplace.PathOf(output, "results.json")));

    /// <summary>The same experiments on the same data, left alone; once for all tests.</summary>
    public sealed class UndisturbedRun : IDisposable
    {
        private readonly Workplace _workplace = new();
        private readonly Lazy<Task<string>> _results;

        public UndisturbedRun() => _results = new(Run);

        public Task<string> Results => _results.Value;

        public void Dispose() => _workplace.Dispose();

        private async Task<string> Run()
        {
            var run = await ClientProcess.Run(_workplace.Folder, "run", _workplace.Grid("undisturbed", Experiments, Epochs), "--output", "undisturbed");
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            return Reproducible(_workplace, "undisturbed");
        }
    }
}
