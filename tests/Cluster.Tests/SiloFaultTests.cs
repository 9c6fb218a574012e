using System.Collections.Immutable;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Whatever becomes of its silos, a grid ends as on one machine where nothing happens.</summary>
public sealed class SiloFaultTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private const int LongestRespite = 3_000;

    private TestedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task SilosAreKilledAtRandomMomentsAgainAndAgain()
    {
        var random = Seed.Random(log);
        await _cluster.Start(1, 2, 3);
        var starting = Enumerable.Range(1, 3).ToDictionary(number => number, _ => Task.CompletedTask);
        var grids = new List<string>();
        for (int kill = 1; kill <= Seed.Kills; kill++)
        {
            while (!await SomethingTrains(grids.Count))
            {
                grids.Add($"killed-{grids.Count + 1}");
                await _cluster.SubmitUntilHeard(place.Grid(grids[^1]));
            }

            int number = random.Next(1, 4);
            await starting[number];
            await Task.Delay(random.Next(LongestRespite), TestContext.Current.CancellationToken);
            await _cluster.Silos[number].Kill();
            starting[number] = _cluster.Start(number);
        }

        await Task.WhenAll(starting.Values);
        foreach (string grid in grids)
        {
            await _cluster.EndsAsUndisturbed(grid);
        }
    }

    [Fact]
    public async Task TheExperimentsOfAKilledSiloAreTrainedElsewhereWhileAClientWatches()
    {
        await _cluster.Start(1, 2);
        await _cluster.Submit(place.Grid("killed"));
        await using var watch = ClientProcess.Start(place.Folder, "watch", "killed", "--cluster", _cluster.Database);
        var events = await _cluster.Until(
            "both train and an epoch is committed", events => events.Running().DistinctBy(TestedCluster.SiloOf).Count() == 2 && events.Epochs().Any());
        var orphan = events.Running().First(row => TestedCluster.SiloOf(row) == 1);

        await _cluster.Silos[1].Kill();
        var killed = DateTimeOffset.UtcNow;

        events = await _cluster.Until(
            "another slot has its experiment", events => events.Running().Any(row => row.ExperimentId == orphan.ExperimentId && row.Lease > orphan.Lease));
        log.WriteLine($"Trained elsewhere after {(events.Rows().First(row => row.ExperimentId == orphan.ExperimentId).At - killed).TotalSeconds:F1} s.");
        await _cluster.EndsAsUndisturbed("killed");
        var watched = await watch.Finish();
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
    }

    [Fact]
    public async Task AGridGoesOnByItselfWhenAllSilosWereKilledAndStartAgain()
    {
        await _cluster.Start(1, 2);
        await _cluster.Submit(place.Grid("restarted"));
        await _cluster.Until("an epoch is committed", events => events.Epochs().Any());

        await Task.WhenAll(_cluster.Silos.Values.Select(silo => silo.Kill()));
        await _cluster.Start(1, 2);

        await _cluster.EndsAsUndisturbed("restarted");
    }

    [Fact]
    public async Task SilosThatRestartOneAfterTheOtherHandOverWithoutTrainingAnythingTwice()
    {
        await _cluster.Start(1, 2, 3);
        await _cluster.Submit(place.Grid("rolled", maxAttempts: 1));
        for (int number = 1; number <= 3; number++)
        {
            await _cluster.Until(
                $"silo {number} trains, or all is trained",
                events => events.Running().Any(row => TestedCluster.SiloOf(row) == number) || HaveEnded(events, grids: 1));
            Assert.Equal(0, await _cluster.Silos[number].Terminate());
            await _cluster.Start(number);
        }

        await _cluster.EndsAsUndisturbed("rolled");
        var events = await AuditTrail.Read(_cluster.Database);
        Assert.Empty(events.TrainedAgain());
        Assert.Contains(events.Rows(), row => row.Lease > 1);
    }

    [Fact]
    public async Task AFrozenSiloThatComesBackIsFencedAndEndsSoThatItIsStartedAgain()
    {
        await _cluster.Start(1, 2);
        await _cluster.Submit(place.Grid("frozen"));
        var events = await _cluster.Until(
            "the first silo trains and has committed an epoch",
            events => events.Running().Any(row => TestedCluster.SiloOf(row) == 1 && events.Epochs(row.ExperimentId) > 0));
        var stale = events.Running().First(row => TestedCluster.SiloOf(row) == 1);

        _cluster.Silos[1].Freeze();
        await _cluster.Until("its lease is gone", events => events.Rows().Any(row => row.ExperimentId == stale.ExperimentId && row != stale));
        _cluster.Silos[1].Thaw();

        Assert.Equal(1, await _cluster.Silos[1].Finish());
        Assert.Contains("The cluster has declared this silo dead", _cluster.Silos[1].Output, StringComparison.Ordinal);
        await _cluster.Start(1);
        await _cluster.EndsAsUndisturbed("frozen");
    }

    /// <returns>Whether something trains; else all grids have ended.</returns>
    private async Task<bool> SomethingTrains(int grids)
    {
        var events = await _cluster.Until("something trains, or all is trained", events => events.Running().Any() || HaveEnded(events, grids));
        return !HaveEnded(events, grids);
    }

    private static bool HaveEnded(ImmutableArray<HistoryEvent> events, int grids) =>
        events.Rows().Count(row => row.Status.IsFinal()) == grids * ClusterPlace.ExperimentsOfAGrid;
}
