using System.Collections.Immutable;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Experiments.Training.Checkpoints;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>What an experiment comes to, to the last bit of its weights and of its history, is a matter of its configuration alone.</summary>
public sealed class IdentityTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private const string Name = "dropout";

    /// <summary>One for each experiment, on however few cores.</summary>
    private const string Slots = "4";

    /// <summary>Milliseconds.</summary>
    private const int LongestRespite = 200;

    private const string Alone =
        $"""
          - name: {Name}
            dropout: {"{ conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }"}
        """;

    private TestedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task ItIsTheSameAloneBesideOthersAndKilledAfterEveryEpochAndWithinOneInDebugAndInRelease()
    {
        var release = new Launch(await ReleaseBuild.Folder());
        // Two at a time, in Debug.
        var expected = (await place.UndisturbedHistories())[Name];
        foreach (var (history, weights) in await Task.WhenAll(TrainAlone(Launch.Here, "alone-in-debug"), TrainAlone(release, "alone-in-release")))
        {
            Assert.Equal(expected.WeightsSha256, weights);
            Assert.Equal(expected.History.Select(Untimed), history.Select(Untimed));
        }

        await Kill("identity", [Launch.Here, release]);
        await _cluster.EndsAsUndisturbed("identity");
    }

    private async Task<Undisturbed> TrainAlone(Launch build, string name)
    {
        await using var run = ClientProcess.Start(
            build, place.Folder, "run", place.Grid(name, Alone, ClusterPlace.Epochs), "--slots", "1", "--storage", $"{name}-storage", "--output", name, "--no-dashboard");
        var ended = await run.Finish();
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        return Undisturbed.Read(RecordedResults.Read(Path.Combine(place.Folder, name, "results.json")))[Name];
    }

    /// <summary>All four train at once, and go on in the other build each time that their silo is killed: after each epoch of one of them, and within one.</summary>
    private async Task Kill(string grid, Launch[] builds)
    {
        var random = Seed.Random(log);
        int within = random.Next(1, ClusterPlace.Epochs + 1), starts = 0;
        await Start(next: 1);
        await _cluster.Submit(place.Grid(grid));
        for (int epoch = 1; epoch <= ClusterPlace.Epochs; epoch++)
        {
            if (epoch == within)
            {
                await _cluster.Until($"there is a checkpoint within epoch {epoch}", events => Positions(events).Any(position => position.CompletedEpochs == epoch - 1 && position.Batch > 0));
                await Task.Delay(random.Next(LongestRespite), TestContext.Current.CancellationToken);
                await _cluster.Silos[1].Kill();
                var position = Positions(await AuditTrail.Read(_cluster.Database)).Last();
                log.WriteLine($"Killed after epoch {position.CompletedEpochs} and {position.Batch} batches more.");
                await Start(next: epoch + 1);
            }

            await _cluster.Until($"epoch {epoch} is committed", events => events.Epochs(IdOf(events)) >= epoch);
            await _cluster.Silos[1].Kill();
            await Start(next: epoch + 1);
        }

        // Within the epoch that it is killed in, a checkpoint is stored as often as one can be.
        async Task Start(int next)
        {
            _cluster.Programs = builds[starts++ % builds.Length].Programs;
            await _cluster.Start(1, ["--slots", Slots, .. next == within ? (string[])["--checkpoint-every", "0"] : []]);
        }

        // It has no row before it is first leased.
        static string IdOf(ImmutableArray<HistoryEvent> events) => events.Rows().SingleOrDefault(row => row.Name == Name)?.ExperimentId ?? "";

        static IEnumerable<TrainingPosition> Positions(ImmutableArray<HistoryEvent> events) =>
            events.OfType<HistoryEvent.CheckpointStored>().Where(checkpoint => checkpoint.ExperimentId == IdOf(events)).Select(checkpoint => checkpoint.Position);
    }

    private static EpochMetrics Untimed(EpochMetrics epoch) => epoch with { Seconds = 0 };
}
