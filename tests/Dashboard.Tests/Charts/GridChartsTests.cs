using System.Collections.Immutable;
using Experiments.Dashboard.Charts;
using Experiments.Reports;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class GridChartsTests
{
    [Fact]
    public void Parallel_axes_are_the_keys_that_vary_and_the_results()
    {
        var chart = ParallelChart.Of(
        [
            Configured("a", new DropoutRates { Dense = 0.1 }, rate: 0.0001, seed: 1),
            Configured("b", new DropoutRates { Dense = 0.5 }, rate: 0.01, seed: 2) with
            {
                Best = new BestEpoch(1, 0.25, 0.875, 0.9),
                Last = new EpochMetrics(1, 0.5, 0.8, 0.25, 0.875, 9),
                Test = new TestMetrics(0.3, 0.91, 91, 9),
            },
        ]);

        Assert.Equal(
            ["training.learningRate", "training.seed", "dropout.dense", "validationLoss", "validationAccuracy", "testAccuracy"],
            chart.Axes.Select(axis => axis.Key));
        Assert.Equal([true, false, false, false, false, false], chart.Axes.Select(axis => axis.Log));
        Assert.Equal(["1", "2"], chart.Axes[1].Categories!.Value);
        Assert.Equal([0.0001, 0, 0.1, null, null, null], chart.Lines[0].Values);
        Assert.Equal([0.01, 1, 0.5, 0.25, 0.875, 0.91], chart.Lines[1].Values);
        Assert.Equal(["a", "b"], chart.Variants);
    }

    [Fact]
    public void A_parallel_axis_of_words_has_them_in_the_order_of_the_grid()
    {
        var training = new TrainingConfig();
        var chart = ParallelChart.Of(
            [.. ((Optimizer[])[Optimizer.Sgd, Optimizer.Adam, Optimizer.Sgd]).Select(optimizer => Configured("a", new DropoutRates(), rate: 0.1, seed: 1) with
            {
                Config = new ExperimentConfig { Training = training with { Optimizer = optimizer } },
            })]);

        Assert.Equal("training.optimizer", chart.Axes[0].Key);
        Assert.Equal(["sgd", "adam"], chart.Axes[0].Categories!.Value);
        Assert.Equal([0, 1, 0], chart.Lines.Select(line => line.Values[0]));
    }

    [Fact]
    public void Parallel_axes_of_no_experiment_are_those_of_the_results() => Assert.Equal(3, ParallelChart.Of([]).Axes.Length);

    [Fact]
    public void The_effect_of_dropout_is_that_in_the_built_in_model()
    {
        var own = Tested("own", new DropoutRates(), 0.8);
        var chart = EffectChart.Of(
        [
            own with { Config = own.Config with { Model = new ModelConfig { Layers = [new FlattenConfig { Name = "flatten" }, new DenseConfig { Name = "dense1" }] } } },
            Tested("a", new DropoutRates { Dense = 0.1 }, 0.9), Tested("b", new DropoutRates { Dense = 0.2 }, 0.92),
        ]);

        Assert.Equal("dropout.dense", chart.XLabel);
        Assert.Equal(["a", "b"], chart.Points.Select(point => point.Variant));
        Assert.Equal(["own", "a", "b"], chart.Variants);
    }

    [Theory]
    [InlineData("dropout.dense", 0.2, 0.2, 0.2, 0.1, 0.1)]
    [InlineData("dropout.conv1", 0.6, 0.2, 0.2, 0.2, 0.6)]
    [InlineData("dropout rate", 0.4, 0.4, 0.4, 0.4, 0.4)]
    [InlineData("mean dropout rate of the four layers", 0.1, 0.2, 0.3, 0.4, 0.25)]
    public void The_effect_of_dropout_is_by_the_rate_that_varies(string label, double conv1, double conv2, double conv3, double dense, double x)
    {
        var first = label == "dropout rate" || label.StartsWith("mean", StringComparison.Ordinal) ? new DropoutRates() : new DropoutRates { Conv1 = 0.2, Conv2 = 0.2, Conv3 = 0.2, Dense = 0.2 };
        var chart = EffectChart.Of(
            [Tested("a", first, 0.9), Tested("b", new DropoutRates { Conv1 = conv1, Conv2 = conv2, Conv3 = conv3, Dense = dense }, 0.92)]);

        Assert.Equal(label, chart.XLabel);
        Assert.Equal(x, chart.Points[1].X, 12);
    }

    [Fact]
    public void A_variant_is_a_point_over_its_seeds_that_have_a_test_result()
    {
        var chart = EffectChart.Of([.. Some.Tested((0.1, 1, 0.9), (0.1, 2, 0.92)), Configured("rate=0.1-seed=3", new DropoutRates { Dense = 0.1 }) with { Variant = "rate=0.1" }]);

        var point = Assert.Single(chart.Points);
        Assert.Equal(("rate=0.1", 2), (point.Variant, point.N));
        Assert.Equal(["rate=0.1-seed=1", "rate=0.1-seed=2"], point.Names);
        Assert.Equal(0.91, point.Mean, 12);
        Assert.Equal(Math.Sqrt(0.0002), point.Deviation!.Value, 12);
    }

    [Fact]
    public void Differences_are_of_the_seeds_that_have_a_report()
    {
        ImmutableArray<ExperimentSnapshot> grid =
        [
            Some.Evaluated("a-seed=1", "a", 0.5, 0.9),
            Some.Evaluated("a-seed=2", "a", 0.7, 0.9),
            Some.Evaluated("a-seed=3", "a", 0, 0) with { ClassificationReport = null },
            Some.Evaluated("b", "b", 0.75, 0.8),
            Some.Evaluated("c", "c", 0, 0) with { ClassificationReport = null },
        ];

        var chart = DifferencesChart.Of(grid, "a", "b");
        Assert.Equal(["shirt", "coat"], chart.Classes);
        Assert.Equal([2, 1], new[] { chart.First.Seeds, chart.Second.Seeds });
        Assert.Equal([0.6, 0.9], chart.First.Mean);
        Assert.Equal(Math.Sqrt(0.02), chart.First.Deviation[0]!.Value, 12);
        Assert.Equal([null, null], chart.Second.Deviation);
        Assert.Empty(DifferencesChart.Of(grid, "a", "c").Classes);
    }

    [Fact]
    public void A_confusion_matrix_has_the_names_of_the_report()
    {
        var chart = ConfusionChart.Of(Some.Evaluated("a", "a", 0.5, 0.9));

        Assert.Equal(["shirt", "coat"], chart.Classes);
        Assert.Equal([3, 1], chart.Counts[0]);
        Assert.Empty(ConfusionChart.Of(Some.Evaluated("b", "b", 0, 0) with { ConfusionMatrix = null }).Classes);
    }

    private static ExperimentOutcome Configured(string name, DropoutRates dropout, double rate = 0.001, long seed = 1) =>
        Some.Outcome(name) with { Config = new ExperimentConfig { Dropout = dropout, Training = new TrainingConfig { LearningRate = rate, Seed = seed } } };

    private static ExperimentOutcome Tested(string name, DropoutRates dropout, double accuracy) =>
        Configured(name, dropout) with { Test = new TestMetrics(0.3, accuracy, 0, 0) };
}
