using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Experiments.Grains.Storage;
using Experiments.Grains.Tests.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Grids;

/// <summary>Grids as users submit them, trained by the slots of a silo.</summary>
public sealed class GridTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    [Fact]
    public async Task AGridTrainsToItsEndWithHistoryEvaluationPredictionsAndWeights()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);

        var results = await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("baseline"), Some.Experiment("dropout", Some.Config(dropout: 0.25))));

        Assert.Equal(["baseline", "dropout"], results.Select(result => result.Name));
        foreach (var result in results)
        {
            Assert.Equal((ExperimentStatus.Completed, 1, null), (result.Status, result.Attempts, result.Error));
            Assert.Equal([1, 2], result.History.Select(epoch => epoch.Epoch));
            Assert.Equal(60, result.Test!.Correct + result.Test.Incorrect);
            Assert.Equal(60, result.ConfusionMatrix!.Value.Sum(row => row.Sum()));
            Assert.Equal(["lying", "standing", "slanting"], result.ClassificationReport!.Classes.Select(of => of.Name));
            Assert.NotNull(result.Best!.TestAccuracy);

            var experiment = silo.Experiment(result.Id);
            var predictions = (await experiment.GetPredictions(Some.Token))!;
            Assert.Equal(result.Test.Correct, predictions.Labels.Zip(predictions.Predicted).Count(pair => pair.First == pair.Second));
            Assert.Equal(result.WeightsSha256, Convert.ToHexStringLower(SHA256.HashData((await experiment.GetWeights(best: false, Some.Token))!)));
            Assert.NotNull(await experiment.GetWeights(best: true, Some.Token));
        }

        var snapshot = await silo.Snapshot("grid");
        Assert.Equal((2, 2, 0), (snapshot.Grid.Experiments, snapshot.Grid.Completed, snapshot.Grid.Failed));
        Assert.Equal(results.Select(result => (double?)result.History.Sum(epoch => epoch.Seconds)), snapshot.Experiments.Select(row => row.Seconds));
        Assert.Equal((4, 4), (snapshot.Grid.EpochsCommitted, snapshot.Grid.EpochsToTrain));
        Assert.Equal(results.Max(result => result.History[result.Best!.Epoch - 1].ValidationAccuracy), snapshot.Grid.BestValidationAccuracy);
        Assert.Equal(results.Max(result => result.History[^1].ValidationAccuracy), snapshot.Grid.LastValidationAccuracy);
        Assert.Equal(snapshot.Experiments.Max(row => row.EndedAt), snapshot.Grid.CompletedAt);
    }

    [Fact]
    public async Task OfACompletedExperimentOneCheckpointIsKept()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        var checkpoints = silo.Services.GetRequiredService<ICheckpointStore>();

        var results = await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("baseline", Some.Config(epochs: 4))));

        ImmutableArray<string> names;
        do
        {
            names = [.. (await checkpoints.ListAsync(results[0].Id, Some.Token)).Select(entry => entry.Name)];
        }
        while (names.Length > 2);
        Assert.Equal(["predictions", "checkpoint-00000001-000004-00000000"], names.OrderByDescending(name => name));
    }

    [Fact]
    public async Task AStateIsStoredOnceThoughAnEpochAndTheTrainingEndWithIt()
    {
        var names = new ConcurrentQueue<string>();
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, services => services.AddSingleton<ICheckpointStore>(provider =>
            new ListeningStore(ActivatorUtilities.CreateInstance<CheckpointStore>(provider), names.Enqueue)));

        await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("baseline", Some.Config(epochs: 2))));

        Assert.Equal(["checkpoint-00000001-000001-00000000", "checkpoint-00000001-000002-00000000"], names);
    }

    [Fact]
    public async Task WhatACompletedGridTakesIsFourNumbersAParameterAndThreeATestImage()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var results = await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("one"), Some.Experiment("two", Some.Config(seed: 2))));

        long numbers = results.Sum(result => (4L * result.Parameters!.Value) + (3 * 60));
        long stored = 0;
        await silo.Until("grid", async () => (stored = (await silo.Grid("grid").GetOverview(Some.Token))!.StoredBytes!.Value) < 1.5 * numbers * sizeof(float));

        Assert.InRange(stored, numbers * sizeof(float), (numbers * sizeof(float)) + (2 * 10_000));
    }

    [Fact]
    public async Task ExperimentsThatHaveEndedTakeNoMemoryOfTheSilo()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var management = silo.Grains.GetGrain<IManagementGrain>(0);

        await silo.Submit(Some.Grid("grid", _data.Reference, Some.Experiment("one"), Some.Experiment("explodes", Some.Config(learningRate: 1e30))));

        await silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Failed);
        await silo.Until("grid", async () =>
            (await management.GetSimpleGrainStatistics()).Where(of => of.GrainType.Contains("ExperimentGrain", StringComparison.Ordinal)).Sum(of => of.ActivationCount) == 0);
        Assert.Equal([1, 1], (await silo.Results("grid")).Select(result => result.Attempts));
    }

    [Fact]
    public async Task SubmittingTheSameAgainChangesNothing()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var grid = Some.Grid("grid", _data.Reference, Some.Experiment("baseline"));
        var before = await silo.Train(grid);

        var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.Submit(grid)));

        Assert.All(again, result => Assert.Equal((false, GridStatus.Completed), (result.Created, result.Grid.Status)));
        Assert.Equivalent(before, await silo.Results("grid"), strict: true);
        Assert.Single(await silo.Queue.ListGrids(Some.Token));
    }

    [Fact]
    public async Task OfManyFirstSubmitsAtOnceOneCreates()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        var grid = Some.Grid("grid", _data.Reference, Some.Experiment("baseline"));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => silo.Submit(grid)));

        Assert.Single(results, result => result.Created);
        Assert.Single(results.Select(result => result.Grid.Id).Distinct());
    }

    [Fact]
    public async Task AddedExperimentsJoinTheGrid()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var baseline = Some.Experiment("baseline");
        var before = await silo.Train(Some.Grid("grid", _data.Reference, baseline));

        var after = await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("added"), baseline));

        Assert.Equal(["baseline", "added"], after.Select(result => result.Name));
        Assert.Equivalent(before[0], after[0], strict: true);
        Assert.Equal(ExperimentStatus.Completed, after[1].Status);
    }

    [Fact]
    public async Task MoreEpochsGoOnToTheSameWeightsAsTrainedStraightThrough()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        var straight = await silo.Train(Some.Grid("straight", _data.Reference, Some.Experiment("it", Some.Config(epochs: 5, dropout: 0.2))));
        var first = await silo.Train(Some.Grid("grown", _data.Reference, Some.Experiment("it", Some.Config(epochs: 2, dropout: 0.2))));

        var grown = await silo.Train(Some.Grid("grown", _data.Reference, Some.Experiment("it", Some.Config(epochs: 5, dropout: 0.2))));

        Assert.Equal(straight[0].WeightsSha256, grown[0].WeightsSha256);
        Assert.Equal(straight[0].History.WithoutSeconds(), grown[0].History.WithoutSeconds());
        Assert.Equal(first[0].History, grown[0].History.Take(2));
    }

    /// <summary>What the trainer keeps as the best weights, and what the grain calls the best epoch, are of one epoch.</summary>
    [Fact]
    public async Task WhereTheAccuracyIsMonitoredTheBestWeightsAreThoseOfItsHighest()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        var config = Some.Config(epochs: 4, learningRate: 0.01);
        var result = Assert.Single(await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment(
            "it", config with { Training = config.Training with { EarlyStopping = new() { Monitor = MonitoredMetric.ValidationAccuracy, RestoreBest = true } } }))));

        Assert.Equal(result.History.MaxBy(epoch => epoch.ValidationAccuracy)!.Epoch, result.Best!.Epoch);
        Assert.Equal(result.Test!.Accuracy, result.Best.TestAccuracy);
        Assert.Equal(result.WeightsSha256, Convert.ToHexStringLower(SHA256.HashData((await silo.Experiment(result.Id).GetWeights(best: true, Some.Token))!)));
    }

    [Fact]
    public async Task ATrainingThatEndsEarlyIsCompletedAndMoreEpochsDoNotWakeIt()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        GridDefinition Grid(int epochs)
        {
            // No epoch is better than the first where nothing is learnt.
            var config = Some.Config(epochs, learningRate: 1e-30);
            return Some.Grid("grid", _data.Reference, Some.Experiment("it", config with { Training = config.Training with { EarlyStopping = new() { Patience = 2, RestoreBest = true } } }));
        }

        var ended = Assert.Single(await silo.Train(Grid(50)));
        var row = (await silo.Snapshot("grid")).Experiments[0];
        Assert.Equal((ExperimentStatus.Completed, 3, 1), (ended.Status, ended.History.Length, ended.Best!.Epoch));
        Assert.Equal((50, 3), (row.Epochs, row.Last!.Epoch));
        Assert.Contains("Ended early, after epoch 3: none was better than epoch 1.", (await silo.Experiment(ended.Id).GetJournal(Some.Token)).Log.Select(line => line.Text));
        Assert.Equal(ended.WeightsSha256, Convert.ToHexStringLower(SHA256.HashData((await silo.Experiment(ended.Id).GetWeights(best: false, Some.Token))!)));
        Assert.Equal(await silo.Experiment(ended.Id).GetWeights(best: true, Some.Token), await silo.Experiment(ended.Id).GetWeights(best: false, Some.Token));

        var asked = Assert.Single(await silo.Train(Grid(60)));

        Assert.Equal((1, ended.WeightsSha256), (asked.Attempts, asked.WeightsSha256));
        var grid = await silo.Snapshot("grid");
        Assert.Equal((60, 3, 3), (grid.Experiments[0].Epochs, grid.Grid.EpochsCommitted, grid.Grid.EpochsToTrain));
    }

    [Fact]
    public async Task ATrainingEndsByTheMetricThatItMonitors()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);

        // The accuracy soon stays the highest there is, while the loss still falls.
        var config = Some.Config(epochs: 100, learningRate: 0.003);
        var early = new EarlyStopping { Patience = 3, Monitor = MonitoredMetric.ValidationAccuracy };
        var result = Assert.Single(await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("it", config with { Training = config.Training with { EarlyStopping = early } }))));

        Assert.Equal((1, result.History.Length - 3), (result.Attempts, result.Best!.Epoch));
        Assert.Equal(result.History.MaxBy(epoch => epoch.ValidationAccuracy)!.Epoch, result.Best.Epoch);
        Assert.InRange(result.History.Length, 4, 99);
    }

    [Fact]
    public async Task AnExtensionWhileItWaitsOrTrainsIsTrainedToo()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        ExperimentDefinition[] Experiments(int epochs) =>
            [Some.Experiment("first", Some.Config(epochs, seed: 1)), Some.Experiment("second", Some.Config(epochs, seed: 2)), Some.Experiment("third", Some.Config(epochs, seed: 3))];
        await silo.Submit(Some.Grid("grid", _data.Reference, Experiments(3)));
        await silo.Until("grid", snapshot => snapshot.Experiments.Any(row => row.Status == ExperimentStatus.Running));

        var results = await silo.Train(Some.Grid("grid", _data.Reference, Experiments(7)));

        Assert.All(results, result => Assert.Equal((7, 7), (result.Config.Training.Epochs, result.History.Length)));
    }

    [Fact]
    public async Task HistoriesAndWeightsAreTheSameWithOneTwoAndFourSlots()
    {
        var runs = new List<ExperimentSnapshot[]>();
        foreach (int slots in new[] { 1, 2, 4 })
        {
            using var folder = new TemporaryFolder();
            await using var silo = await LiveSilo.Start(folder.Path, slots);
            runs.Add(await silo.Train(Some.Grid("grid", _data.Reference, [.. Enumerable.Range(1, 4).Select(seed => Some.Experiment($"seed={seed}", Some.Config(seed: seed, dropout: 0.3)))])));
        }

        Assert.Equal(4, runs[0].Select(result => result.WeightsSha256).Distinct().Count());
        foreach (var run in runs)
        {
            Assert.Equal(runs[0].Select(result => result.WeightsSha256), run.Select(result => result.WeightsSha256));
            Assert.Equal(runs[0].SelectMany(result => result.History.WithoutSeconds()), run.SelectMany(result => result.History.WithoutSeconds()));
        }
    }

    [Fact]
    public async Task ADivergingExperimentFailsOnceWithItsHistoryAndTheOthersGoOn()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        await silo.Submit(Some.Grid(
            "grid", _data.Reference, Some.Experiment("explodes", Some.Config(epochs: 50, learningRate: 1e30)), Some.Experiment("baseline")));

        await silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Failed);

        var results = await silo.Results("grid");
        Assert.Equal((ExperimentStatus.Failed, 1), (results[0].Status, results[0].Attempts));
        Assert.Equal($"diverged at epoch {results[0].History.Length + 1}", results[0].Error);
        Assert.Equal(ExperimentStatus.Completed, results[1].Status);
    }

    [Fact]
    public async Task AMissingDatasetFailsTheExperimentsWithTheFilesName()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        File.Delete(_data.TrainImages);
        await silo.Submit(Some.Grid("grid", _data.Reference, Some.Experiment("one"), Some.Experiment("two")));

        var snapshot = await silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Failed);

        Assert.Equal(2, snapshot.Grid.Failed);
        Assert.All(snapshot.Experiments, row => Assert.Contains(_data.TrainImages, row.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoMoreTrainAtOnceThanTheGridAllows()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 3);
        var grid = Some.Grid("grid", _data.Reference, [.. Enumerable.Range(1, 6).Select(seed => Some.Experiment($"seed={seed}", Some.Config(seed: seed)))]);
        await silo.Submit(grid with { MaxParallel = 1 });

        await silo.Until("grid", snapshot =>
        {
            Assert.InRange(snapshot.Experiments.Count(row => row.Status == ExperimentStatus.Running), 0, 1);
            return snapshot.Grid.Status == GridStatus.Completed;
        });
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }
}
