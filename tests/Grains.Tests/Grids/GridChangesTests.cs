namespace Experiments.Grains.Tests.Grids;

public class GridChangesTests
{
    private static readonly GridDefinition Existing = Some.Grid(
        "grid", Some.FashionMnist, Some.Experiment("baseline", Some.Config(epochs: 5)), Some.Experiment("dropout", Some.Config(epochs: 5, dropout: 0.3)));

    [Fact]
    public void TheSameGridChangesNothing()
    {
        var change = GridChanges.Plan(Existing, Existing with { Experiments = [.. Existing.Experiments.Reverse()] });

        Assert.Empty(change.Differences);
        Assert.Empty(change.Added);
        Assert.Empty(change.Extended);
        Assert.Equal(Existing.Experiments, change.Merged.Experiments);
    }

    [Fact]
    public void ExperimentsJoinAfterThoseThatAreThere()
    {
        var added = Some.Experiment("aaa");

        var change = GridChanges.Plan(Existing, Existing with { Experiments = [added, .. Existing.Experiments] });

        Assert.Equal([added], change.Added);
        Assert.Equal(["baseline", "dropout", "aaa"], change.Merged.Experiments.Select(experiment => experiment.Name));
    }

    [Fact]
    public void ExperimentsThatAreLeftOutStay()
    {
        var change = GridChanges.Plan(Existing, Existing with { Experiments = [Existing.Experiments[1]] });

        Assert.Empty(change.Differences);
        Assert.Equal(Existing.Experiments, change.Merged.Experiments);
    }

    [Fact]
    public void MoreEpochsExtendAnExperiment()
    {
        var change = GridChanges.Plan(Existing, Existing with { Experiments = [Some.Experiment("baseline", Some.Config(epochs: 6)), Existing.Experiments[1]] });

        Assert.Equal([new ExtendedExperiment("baseline", 6)], change.Extended);
        Assert.Equal([6, 5], change.Merged.Experiments.Select(experiment => experiment.Config.Training.Epochs));
    }

    [Fact]
    public void FewerEpochsAreRefused() => Assert.Equal(
        ["baseline: training.epochs: 5 → 4"],
        GridChanges.Plan(Existing, Existing with { Experiments = [Some.Experiment("baseline", Some.Config(epochs: 4))] }).Differences);

    [Fact]
    public void MoreEpochsAreRefusedWhereTheLearningRateEndsWithTheLast()
    {
        var five = new ExperimentConfig { Training = new TrainingConfig { Epochs = 5, Schedule = new() { Kind = LearningRateDecay.Cosine } } };
        var existing = Existing with { Experiments = [Some.Experiment("baseline", five)] };

        var change = GridChanges.Plan(existing, existing with { Experiments = [Some.Experiment("baseline", five with { Training = five.Training with { Epochs = 6 } })] });

        Assert.Equal(
            ["baseline: training.epochs: 5 → 6 (its training.schedule.kind is cosine, by which every epoch's learning rate depends on how many there are)"],
            change.Differences);
        Assert.Empty(GridChanges.Plan(existing, existing).Differences);
    }

    [Fact]
    public void EveryValueThatDecidesResultsIsRefusedAndAllAreNamedAtOnce()
    {
        var different = new ExperimentConfig
        {
            Split = new SplitConfig { Validation = 0.25, Seed = 1 },
            Training = new TrainingConfig { Epochs = 5, BatchSize = 64, LearningRate = 0.01, Seed = 2 },
            Dropout = new DropoutRates { Conv1 = 0.1, Conv2 = 0.2, Conv3 = 0.3, Dense = 0.4 },
        };

        var change = GridChanges.Plan(Existing, Existing with { Experiments = [Some.Experiment("baseline", different), Some.Experiment("joins")] });

        Assert.Equal(
            [
                "baseline: split.validation: 0.2 → 0.25",
                "baseline: split.seed: 2018 → 1",
                "baseline: training.batchSize: 32 → 64",
                "baseline: training.learningRate: 0.001 → 0.01",
                "baseline: training.seed: 1 → 2",
                "baseline: dropout.conv1: 0 → 0.1",
                "baseline: dropout.conv2: 0 → 0.2",
                "baseline: dropout.conv3: 0 → 0.3",
                "baseline: dropout.dense: 0 → 0.4",
            ],
            change.Differences);
        Assert.Empty(change.Added);
        Assert.Same(Existing, change.Merged);
    }

    [Fact]
    public void ALayersValueOrAnotherListOfLayersIsRefused()
    {
        var wide = ModelConfig.BuiltIn with { Layers = ModelConfig.FashionCnnLayers.SetItem(0, new Conv2dConfig { Name = "conv1", Filters = 48, Activation = Activation.Relu, Initializer = Initializer.HeNormal }) };
        var own = new ModelConfig { Layers = [new FlattenConfig { Name = "flatten" }, new DenseConfig { Name = "last" }] };

        Assert.Equal(["baseline: model.conv1.filters: 32 → 48"], Differences(wide));
        Assert.Equal(["baseline: model: fashion-cnn → flatten, last (dense)"], Differences(own));

        static IEnumerable<string> Differences(ModelConfig model) =>
            GridChanges.Plan(Existing, Existing with { Experiments = [Some.Experiment("baseline", Some.Config(epochs: 5) with { Model = model })] }).Differences;
    }

    [Fact]
    public void PriorityParallelismAndAttemptsAreFree()
    {
        var change = GridChanges.Plan(Existing, Existing with { Priority = 5, MaxParallel = 2, MaxAttempts = 9 });

        Assert.Empty(change.Differences);
        Assert.Equal((5, 2, 9), (change.Merged.Priority, change.Merged.MaxParallel, change.Merged.MaxAttempts));
    }

    [Fact]
    public void OtherDataAreRefused()
    {
        var other = Existing with { Dataset = new DatasetReference { Name = "kuzushiji", Sha256 = new string('b', 64), Files = Files("/here") } };

        Assert.Equal(
            ["dataset.name: fashion-mnist → kuzushiji", $"dataset.sha256: {new string('a', 64)} → {new string('b', 64)}", "dataset.classes: built in → [o, ki]"],
            GridChanges.Plan(Existing, other).Differences);
    }

    [Fact]
    public void TheSameDataMayLieElsewhere()
    {
        var here = Existing with { Dataset = new DatasetReference { Name = "kuzushiji", Sha256 = "c", Files = Files("/here") } };
        var there = here with { Dataset = here.Dataset with { Files = Files("/there") } };

        var change = GridChanges.Plan(here, there);

        Assert.Empty(change.Differences);
        Assert.Same(there.Dataset, change.Merged.Dataset);
    }

    private static DatasetFiles Files(string folder) => new()
    {
        Classes = ["o", "ki"],
        Train = new ImageFiles { Csv = $"{folder}/train.csv" },
        Test = new ImageFiles { Csv = $"{folder}/test.csv" },
    };
}
