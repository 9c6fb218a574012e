using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ParameterImportanceTests
{
    /// <summary>
    /// Mean 0.875, total 2 · (0.125² + 0.0625²) = 0.0390625. By dense: means 0.78125 and 0.96875, 4 · 0.09375² = 0.03515625,
    /// 0.9 of the total. By seed: means 0.84375 and 0.90625, 4 · 0.03125² = 0.00390625, 0.1 of it.
    /// </summary>
    private static readonly ExperimentOutcome[] TwoByTwo =
        [Experiment(0.75, dense: 0.1, seed: 1), Experiment(0.8125, dense: 0.1, seed: 2), Experiment(0.9375, dense: 0.5, seed: 1), Experiment(1, dense: 0.5, seed: 2)];

    [Fact]
    public void EachVariedKeyExplainsTheVarianceBetweenTheMeansOfItsValues()
    {
        var importance = ParameterImportance.Of(TwoByTwo)!;

        Assert.Equal(4, importance.Experiments);
        Assert.Equal([("dropout.dense", 2), ("training.seed", 2)], importance.Keys.Select(key => (key.Key, key.Values)));
        Assert.Equal(0.9, importance.Keys[0].Share, 1e-12);
        Assert.Equal(0.1, importance.Keys[1].Share, 1e-12);
    }

    /// <summary>Mean 0.625, total 0.3125; means 0.75 of three and 0.25 of one: 3 · 0.125² + 0.375² = 0.1875, 0.6 of the total.</summary>
    [Fact]
    public void GroupsCountByTheirSize()
    {
        var importance = ParameterImportance.Of([Experiment(0.5, dense: 0), Experiment(0.75, dense: 0), Experiment(1, dense: 0), Experiment(0.25, dense: 0.5)])!;

        Assert.Equal(0.6, Assert.Single(importance.Keys).Share, 1e-12);
    }

    [Fact]
    public void AKeyWithoutEffectExplainsNothing()
    {
        var importance = ParameterImportance.Of(
            [Experiment(0.75, dense: 0.1), Experiment(0.875, dense: 0.1), Experiment(0.75, dense: 0.5), Experiment(0.875, dense: 0.5)])!;

        Assert.Equal(new KeyImportance("dropout.dense", 2, 0), Assert.Single(importance.Keys));
    }

    [Fact]
    public void KeysThatVaryTogetherExplainTheSameAndStandInTheOrderOfTheGridFile()
    {
        var importance = ParameterImportance.Of(TwoByTwo.Select(experiment => experiment with
        {
            Config = experiment.Config with { Dropout = new DropoutRates { Conv1 = experiment.Config.Dropout.Dense, Dense = experiment.Config.Dropout.Dense } },
        }))!;

        Assert.Equal(["dropout.conv1", "dropout.dense", "training.seed"], importance.Keys.Select(key => key.Key));
        Assert.Equal(importance.Keys[0].Share, importance.Keys[1].Share);
    }

    [Fact]
    public void OnlyCompletedExperimentsCount()
    {
        ExperimentOutcome[] others =
        [
            ExperimentOutcome.Of(Some.Pending("pending")) with { Config = Config(dense: 0.9, seed: 7) },
            Experiment(0.1, dense: 0.9, seed: 7) with { Status = ExperimentStatus.Running },
            Experiment(0.1, dense: 0.9, seed: 7) with { Status = ExperimentStatus.Failed },
        ];

        var importance = ParameterImportance.Of([.. others, .. TwoByTwo])!;

        Assert.Equal(4, importance.Experiments);
        Assert.Equal(ParameterImportance.Of(TwoByTwo)!.Keys, importance.Keys);
    }

    [Fact]
    public void OfFewerThanThreeExperimentsOrOfEqualAccuraciesNothingIsSaid()
    {
        Assert.Null(ParameterImportance.Of([]));
        Assert.Null(ParameterImportance.Of(TwoByTwo.Take(2)));
        Assert.NotNull(ParameterImportance.Of(TwoByTwo.Take(3)));
        Assert.Null(ParameterImportance.Of(Enumerable.Range(1, 3).Select(seed => Experiment(0.9, seed: seed))));
    }

    [Fact]
    public void WithoutAVariedKeyThereIsNone() =>
        Assert.Empty(ParameterImportance.Of([Experiment(0.75), Experiment(0.8), Experiment(0.9)])!.Keys);

    [Fact]
    public void AShareNeverPassesOneByRounding()
    {
        var random = new Random(1);
        for (int run = 0; run < 500; run++)
        {
            double[] accuracies = [.. Enumerable.Range(0, 10).Select(_ => 0.9 + (random.Next(0, 1000) / 10_000.0))];

            var importance = ParameterImportance.Of(Enumerable.Range(0, 30).Select(i => Experiment(accuracies[i % 10], dense: i % 10 / 10.0)))!;

            Assert.InRange(Assert.Single(importance.Keys).Share, 1 - 1e-12, 1);
        }
    }

    private static ExperimentOutcome Experiment(double accuracy, double dense = 0.3, long seed = 1) =>
        ExperimentOutcome.Of(Some.Tested("e", accuracy)) with { Config = Config(dense, seed) };

    private static ExperimentConfig Config(double dense, long seed) =>
        new() { Training = new TrainingConfig { Seed = seed }, Dropout = new DropoutRates { Dense = dense } };
}
