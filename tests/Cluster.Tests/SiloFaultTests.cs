using System.Collections.Immutable;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
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
        await _cluster.EndsAsUndisturbed(grids);
    }

    [Fact]
    public async Task TheExperimentsOfAKilledSiloAreTrainedElsewhereWhileAClientWatches()
    {
        await Task.WhenAll(Enumerable.Range(1, 3).Select(number => _cluster.Start(number, "--slots", "2")));
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 1);
        await _cluster.Submit(place.Grid("killed"));
        await using var watch = ClientProcess.Start(place.Folder, "watch", "killed", "--cluster", _cluster.Database);
        var orphans = (await _cluster.Until("all four train", events => events.Running().Count() == ClusterPlace.ExperimentsOfAGrid)).Running()
            .GroupBy(TestedCluster.SiloOf).MaxBy(rows => rows.Count())!;

        var killed = DateTimeOffset.UtcNow;
        await _cluster.Silos[orphans.Key].Kill();
        await held.Release();

        var events = await _cluster.Until("other slots have its experiments", events => orphans.All(orphan => events.Rows().Any(row => IsSuccessor(row, orphan))));
        foreach (var orphan in orphans)
        {
            log.WriteLine($"{orphan.Name} was trained elsewhere after {(events.OfType<HistoryEvent.RowWritten>().First(row => IsSuccessor(row, orphan)).At - killed).TotalSeconds:F1} s.");
        }

        await _cluster.EndsAsUndisturbed("killed");
        var watched = await watch.Finish();
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);

        static bool IsSuccessor(HistoryEvent.RowWritten row, HistoryEvent.RowWritten of) => row.ExperimentId == of.ExperimentId && row.Lease > of.Lease;
    }

    [Fact]
    public async Task AGridGoesOnByItselfWhenAllSilosWereKilledAndStartAgain()
    {
        await _cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 2);
        await _cluster.Submit(place.Grid("restarted"));
        await _cluster.Until("an epoch is committed", events => events.Epochs().Any());

        await Task.WhenAll(_cluster.Silos.Values.Select(silo => silo.Kill()));
        await held.Release();
        await _cluster.Start(1, 2);

        await _cluster.EndsAsUndisturbed("restarted");
    }

    [Fact]
    public async Task AFrozenSiloThatComesBackIsFencedAndEndsSoThatItIsStartedAgain()
    {
        await _cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 2);
        await _cluster.Submit(place.Grid("frozen"));
        var events = await _cluster.Until(
            "the first silo trains and has committed an epoch",
            events => events.Running().Any(row => TestedCluster.SiloOf(row) == 1 && events.Epochs(row.ExperimentId) > 0));
        var stale = events.Running().First(row => TestedCluster.SiloOf(row) == 1);

        _cluster.Silos[1].Freeze();
        await held.Release();
        await _cluster.Until("its lease is gone", events => events.Rows().Any(row => row.ExperimentId == stale.ExperimentId && row != stale));
        _cluster.Silos[1].Thaw();

        Assert.Equal(1, await _cluster.Silos[1].Finish());
        Assert.Contains("The cluster has declared this silo dead", _cluster.Silos[1].Output, StringComparison.Ordinal);
        await _cluster.Start(1);
        await _cluster.EndsAsUndisturbed("frozen");
    }

    [Fact]
    public async Task ASlotThatHangsOnAHealthySiloLosesItsExperimentToAnother()
    {
        using var hang = new ManualResetEventSlim();
        int trainings = 0;
        TrainingOutcome HangAtFirst(ExperimentConfig config, TrainingSet data, Checkpoint? checkpoint, ITrainingProgress progress, TimeProvider time, CancellationToken stop)
        {
            bool hangs = Interlocked.Increment(ref trainings) == 1;
            if (hangs)
            {
                hang.Wait(CancellationToken.None);
            }

            // The one that hung comes to, hears of no stop, and tells of what nobody waits for any more.
            return Trainer.Train(config, data, checkpoint, progress, time, hangs ? CancellationToken.None : stop);
        }

        await _cluster.StartHere(1, HangAtFirst, training => training.HangsAfter = TimeSpan.FromSeconds(10));
        await _cluster.Submit(place.Grid("hung"));
        var hung = (await _cluster.Until("the slot trains", events => events.Running().Any())).Running().Single();
        await _cluster.Start(2);

        await _cluster.Until("its experiment is trained anew", events => events.Rows().Any(row => row.ExperimentId == hung.ExperimentId && row.Lease == 2));
        hang.Set();

        await _cluster.EndsAsUndisturbed("hung");
        // The other silo may have trained all there was by then; what comes now, only the slot that hung can take.
        await _cluster.Silos[2].Terminate();
        await _cluster.Submit(place.Grid("after"));
        await _cluster.EndsAsUndisturbed("after");
        Assert.True(trainings > 1, "The slot that hung took no other experiment.");
    }

    [Fact]
    public async Task AnExperimentWhoseProcessDiesEachTimeFailsAndTheOthersGoOn()
    {
        const int Attempts = 3;
        await _cluster.Start(1, 2, 3);
        await _cluster.Submit(place.Grid("poisoned", ClusterPlace.Experiments + "\n  - name: poison\n    training: { batchSize: 1 }", epochs: 3));
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            var events = await _cluster.Until("the poison is swallowed", events => events.Running().Any(row => row.Name == "poison" && row.Lease == attempt));
            int number = TestedCluster.SiloOf(events.Running().Single(row => row.Name == "poison"));
            await _cluster.Silos[number].Kill();
            await _cluster.Start(number);
        }

        var watched = await _cluster.Ask("watch", "poisoned");
        Assert.True(watched.ExitCode == 1, watched.Output + watched.Errors);
        var experiments = (await _cluster.Show("poisoned"))["experiments"]!.AsArray();
        var poison = experiments.Single(experiment => (string)experiment!["name"]! == "poison")!;
        Assert.Equal(("Failed", Attempts, 0), ((string)poison["status"]!, (int)poison["attempts"]!, poison["history"]!.AsArray().Count));
        Assert.StartsWith("3 attempts ended by a crash or a lost silo", (string)poison["error"]!, StringComparison.Ordinal);
        Assert.All(experiments.Where(experiment => experiment != poison), experiment => Assert.Equal("Completed", (string)experiment!["status"]!));
        await _cluster.CheckHistory();
    }

    [Fact]
    public async Task CheckpointsThatAreDamagedWhileTheirSiloIsDownArePassedOver()
    {
        await _cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 2);
        await _cluster.Submit(place.Grid("damaged"));
        string[] damaged = InMidTraining(await _cluster.Until("both slots have trained an epoch", events => InMidTraining(events).Length == 2));
        await Task.WhenAll(_cluster.Silos.Values.Select(silo => silo.Kill()));
        await held.Release();

        string[] damages = ["substring(content FROM 1 FOR 5000)", "set_bit(content, 400000, 1 - get_bit(content, 400000))"];
        foreach (var (experiment, damage) in damaged.Zip(damages))
        {
            await PrivatePostgres.Execute(
                _cluster.Database,
                $"UPDATE checkpoint SET content = {damage} WHERE experiment_id = '{experiment}' AND name = (SELECT max(name) FROM checkpoint WHERE experiment_id = '{experiment}' AND name LIKE 'checkpoint-%')");
        }

        await _cluster.Start(1);
        await _cluster.EndsAsUndisturbed("damaged");
        Assert.All(damaged, experiment => Assert.Matches($"Experiment {experiment}: checkpoint \\S+ is damaged and passed over", _cluster.Silos[1].Output));

        static string[] InMidTraining(ImmutableArray<HistoryEvent> events) =>
            [.. events.Running().Select(row => row.ExperimentId).Where(experiment => events.Epochs(experiment) == 1)];
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
