using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ExperimentNumberTests
{
    private static readonly ExperimentRow Row = Some.Row("trained") with
    {
        Last = new EpochMetrics(7, 0.1, 0.2, 0.3, 0.4, 9.5),
        Best = new BestEpoch(5, 0.5, 0.6, 0.7),
        Test = new TestMetrics(0.8, 0.9, 9_000, 1_000),
        Seconds = 66.5,
    };

    private static readonly ExperimentConfig Config = new()
    {
        Split = new SplitConfig { Validation = 0.25, Seed = uint.MaxValue },
        Training = new TrainingConfig { Epochs = 11, BatchSize = 12, LearningRate = 1e-5, Seed = long.MaxValue },
        Dropout = new DropoutRates { Conv1 = 0.13, Conv2 = 0.14, Conv3 = 0.15, Dense = 0.16 },
    };

    [Theory]
    [InlineData("testAccuracy", 0.9)]
    [InlineData("testLoss", 0.8)]
    [InlineData("bestEpoch", 5)]
    [InlineData("bestValidationLoss", 0.5)]
    [InlineData("bestValidationAccuracy", 0.6)]
    [InlineData("bestTestAccuracy", 0.7)]
    [InlineData("validationLoss", 0.3)]
    [InlineData("validationAccuracy", 0.4)]
    [InlineData("trainLoss", 0.1)]
    [InlineData("trainAccuracy", 0.2)]
    [InlineData("epochs", 7)]
    [InlineData("seconds", 66.5)]
    [InlineData("split.validation", 0.25)]
    [InlineData("split.seed", 4294967295)]
    [InlineData("training.epochs", 11)]
    [InlineData("training.batchSize", 12)]
    [InlineData("training.learningRate", 1e-5)]
    [InlineData("training.seed", 9223372036854775808.0)]
    [InlineData("dropout.conv1", 0.13)]
    [InlineData("dropout.conv2", 0.14)]
    [InlineData("dropout.conv3", 0.15)]
    [InlineData("dropout.dense", 0.16)]
    public void ANumberIsWhatItsNameSaysForTheFilterToo(string name, double value)
    {
        Assert.Equal(value, ExperimentNumber.Find(name)!.Of(Row, Config));
        Assert.Equal(name, ExperimentNumber.Find(name.ToUpperInvariant())!.Name);
        Assert.True(ExperimentFilter.Parse(FormattableString.Invariant($"{name} = {value:R}")).Matches(FilteredExperiment.Of(Row, Config)));
    }

    [Fact]
    public void EveryKeyOfTheConfigurationThatIsNoWordIsANumber() =>
        Assert.Equal(ConfigKey.All.Where(key => key.IsNumber).Select(key => key.Name), ExperimentNumber.All[12..].Select(number => number.Name));

    [Fact]
    public void AnExperimentThatHasNotTrainedHasNoResults() =>
        Assert.Equal(
            ["epochs", "seconds", .. ConfigKey.All.Where(key => key.IsNumber).Select(key => key.Name)],
            ExperimentNumber.All.Where(number => number.Of(Some.Row("waits"), Config) is not null).Select(number => number.Name));

    [Fact]
    public void WhatIsNoNumberIsNotKnown() =>
        Assert.Null(ExperimentNumber.Find("validationLoss")!.Of(Row with { Last = new EpochMetrics(1, 0, 0, double.NaN, 0, 0) }, Config));

    [Fact]
    public void ANameThatNoneHasIsNotFound() => Assert.Null(ExperimentNumber.Find("dense"));
}
