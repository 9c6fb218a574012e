using Experiments.TensorBoard.Tests.Reading;

namespace Experiments.TensorBoard.Tests;

/// <summary>What the HParams tab finds.</summary>
public sealed class HyperParameterTests : IDisposable
{
    private readonly ExportedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunHasEveryKeyOfItsConfiguration()
    {
        var config = new ExperimentConfig
        {
            Split = new SplitConfig { Validation = 0.25, Seed = 7 },
            Training = new TrainingConfig { Epochs = 5, BatchSize = 64, LearningRate = 0.01, Seed = long.MaxValue },
            Dropout = new DropoutRates { Conv1 = 0.1, Conv2 = 0.2, Conv3 = 0.3, Dense = 0.4 },
        };
        _folder.Export(Some.Run(Some.Experiment() with { Config = config }, Some.Attempt(lease: 1, from: 100, to: null, before: 0, after: 3)));
        var start = _folder.Read("baseline").HParams("session_start_info").Message(3);

        Assert.Equal(
            [
                ("split.validation", 0.25), ("split.seed", 7), ("training.epochs", 5), ("training.batchSize", 64), ("training.learningRate", 0.01),
                ("training.seed", 9223372036854775807.0), ("dropout.conv1", 0.1), ("dropout.conv2", 0.2), ("dropout.conv3", 0.3), ("dropout.dense", 0.4),
            ],
            start.Messages(1).Where(pair => ConfigKey.Shown([config]).Any(key => key.Name == pair.Text(1))).Select(pair => (pair.Text(1), pair.Message(2).Double(2))));
        Assert.Equal(
            ConfigKey.Of([config with { Model = ModelConfig.BuiltIn }]).Where(key => key.Text(config) is not null).Select(key => key.Name).Order(StringComparer.Ordinal),
            start.Messages(1).Select(pair => pair.Text(1)).Order(StringComparer.Ordinal));
        Assert.Equal("adam", start.Messages(1).Single(pair => pair.Text(1) == "training.optimizer").Message(2).Text(3));
        Assert.Equal((Some.SubmittedAt.AddSeconds(100) - DateTimeOffset.UnixEpoch).TotalSeconds, start.Double(5));
    }

    [Theory]
    [InlineData(ExperimentStatus.Completed, 1)]
    [InlineData(ExperimentStatus.Failed, 2)]
    [InlineData(ExperimentStatus.Running, 3)]
    [InlineData(ExperimentStatus.Pending, 0)]
    [InlineData(ExperimentStatus.Paused, 0)]
    [InlineData(ExperimentStatus.Cancelled, 0)]
    public void ARunHasTheStatusOfItsExperiment(ExperimentStatus status, int expected)
    {
        var endedAt = status.IsFinal() ? Some.SubmittedAt.AddHours(1) : (DateTimeOffset?)null;
        _folder.Export(new ExperimentRun(Some.Experiment(status: status), [], endedAt));
        var end = _folder.Read("baseline").HParams("session_end_info").Message(4);

        Assert.Equal(expected, end.Number(1));
        Assert.Equal(endedAt is { } time ? (time - DateTimeOffset.UnixEpoch).TotalSeconds : 0, end.Double(2));
    }

    [Fact]
    public void TheGridHasTheKeysThatItsExperimentsDifferIn()
    {
        _folder.Export(Run(seed: 1, dense: 0.5), Run(seed: 2, dense: 0.1), Run(seed: 3, dense: 0.3));

        Assert.Equal<(string, long, double, double)>([("training.seed", 3, 1, 3), ("dropout.dense", 3, 0.1, 0.5)], Columns());
    }

    [Fact]
    public void AKeyThatAloneIsVariedIsTheOnlyColumn()
    {
        _folder.Export(Run(seed: 1, dense: 0.5), Run(seed: 2, dense: 0.5));
        Assert.Equal<(string, long, double, double)>([("training.seed", 3, 1, 2)], Columns());
    }

    [Fact]
    public void AnExperimentAloneHasTheKeysWorthALine()
    {
        _folder.Export(Some.Run(Some.Experiment()));
        Assert.Equal(
            ConfigKey.Shown([new ExperimentConfig()]).Select(key => (key.Name, 3L, key.Number(new ExperimentConfig())!.Value, key.Number(new ExperimentConfig())!.Value)), Columns());
    }

    [Fact]
    public void AWordIsOneOfThoseThatTheGridHas()
    {
        _folder.Export(
            Some.Run(Some.Experiment("adam")),
            Some.Run(Some.Experiment("sgd") with { Config = new ExperimentConfig { Training = new TrainingConfig { Optimizer = Optimizer.Sgd } } }));

        var column = Assert.Single(Grid().Messages(4));
        Assert.Equal(("training.optimizer", 1L), (column.Text(1), column.Number(4)));
        Assert.Equal(["adam", "sgd"], column.Message(5).Messages(1).Select(value => value.Text(3)));
    }

    [Fact]
    public void EveryMetricOfTheGridIsAScalarOfACompletedRun()
    {
        _folder.Export(Some.Run(Some.Completed()));
        var grid = Grid();

        Assert.Equal("fashion", grid.Text(6));
        Assert.Equal((Some.SubmittedAt - DateTimeOffset.UnixEpoch).TotalSeconds, grid.Double(3));
        var metrics = grid.Messages(5).Select(metric => (Tag: metric.Message(1).Text(2), Dataset: metric.Number(5))).ToList();
        Assert.Equal(8, metrics.Count);
        Assert.All(metrics, metric => Assert.NotEmpty(_folder.Read("baseline").Scalars(metric.Tag)));
        Assert.All(metrics, metric => Assert.Equal(
            metric.Tag.Contains("train", StringComparison.Ordinal) ? 1 : metric.Tag.Contains("validation", StringComparison.Ordinal) ? 2 : 0, metric.Dataset));
    }

    private static ExperimentRun Run(long seed, double dense) => Some.Run(Some.Experiment($"seed={seed}") with
    {
        Config = new ExperimentConfig { Training = new TrainingConfig { Seed = seed }, Dropout = new DropoutRates { Dense = dense } },
    });

    /// <returns>Name, type, lowest and highest value of each column of hyperparameters.</returns>
    private IEnumerable<(string, long, double, double)> Columns() =>
        Grid().Messages(4).Select(column => (column.Text(1), column.Number(4), column.Message(6).Double(1), column.Message(6).Double(2)));

    private WireMessage Grid() => _folder.Read().HParams("experiment").Message(2);
}
