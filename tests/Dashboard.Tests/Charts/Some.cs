using System.Collections.Immutable;
using System.Globalization;
using Experiments.Reports;

namespace Experiments.Dashboard.Tests.Charts;

/// <summary>Experiments to draw; what a test does not name is of no matter to it.</summary>
internal static class Some
{
    public static ExperimentHistory Experiment(string name, string? variant = null, params ImmutableArray<EpochMetrics> epochs) =>
        new("id-" + name, name, variant ?? name, ExperimentStatus.Running, epochs);

    /// <summary>Overfits from the tenth epoch on, the less the higher its rate, 0 to 1.</summary>
    public static ImmutableArray<EpochMetrics> History(int epochs, double rate = 0, int seed = 1) =>
    [
        .. Enumerable.Range(1, epochs).Select(epoch =>
        {
            double fit = Math.Exp(-epoch / 6.0), noise = 0.004 * Math.Sin((epoch * 7) + (seed * 13));
            double trainLoss = 0.02 + (0.6 * fit) + (0.2 * rate), validationLoss = 0.24 + (0.4 * fit) + noise + ((1 - rate) * 0.012 * Math.Max(0, epoch - 10));
            return new EpochMetrics(epoch, trainLoss, 1 - (0.35 * trainLoss), validationLoss, 0.92 - (0.15 * fit) + noise - (0.01 * (1 - rate)), 9.5);
        }),
    ];

    /// <summary>Variants <c>rate=0</c>, <c>rate=1</c>, … with so many seeds each, in the order of the grid file.</summary>
    public static ImmutableArray<ExperimentHistory> Grid(int variants, int seeds, int epochs) =>
    [
        .. Enumerable.Range(0, variants).SelectMany(rate => Enumerable.Range(1, seeds).Select(seed => Experiment(
            string.Create(CultureInfo.InvariantCulture, $"rate={rate}-seed={seed}"),
            string.Create(CultureInfo.InvariantCulture, $"rate={rate}"),
            History(epochs, rate / Math.Max(1.0, variants - 1), seed)))),
    ];

    /// <summary>Completed experiments by dropout rate of the dense layer, seed and test accuracy; the rate is the variant.</summary>
    public static ImmutableArray<ExperimentOutcome> Tested(params (double Rate, int Seed, double Accuracy)[] experiments) =>
    [
        .. experiments.Select(each =>
        {
            string variant = string.Create(CultureInfo.InvariantCulture, $"rate={each.Rate}");
            return Outcome(string.Create(CultureInfo.InvariantCulture, $"{variant}-seed={each.Seed}"), variant) with
            {
                Status = ExperimentStatus.Completed,
                Config = new ExperimentConfig { Dropout = new DropoutRates { Dense = each.Rate }, Training = new TrainingConfig { Seed = each.Seed } },
                Last = History(3)[^1],
                Test = new TestMetrics(0.3, each.Accuracy, 0, 0),
            };
        }),
    ];

    public static ExperimentOutcome Outcome(string name, string? variant = null) =>
        new("id-" + name, name, variant ?? name, ExperimentStatus.Running, new ExperimentConfig(), null, null, null);

    /// <summary>Evaluated, with two classes.</summary>
    public static ExperimentSnapshot Evaluated(string name, string variant, double firstF1, double secondF1) => new()
    {
        Id = "id-" + name,
        Name = name,
        Variant = variant,
        Status = ExperimentStatus.Completed,
        Attempts = 1,
        Config = new ExperimentConfig(),
        ClassificationReport = new ClassificationReport(
            [new ClassMetrics(0, "shirt", firstF1, firstF1, firstF1, 10), new ClassMetrics(1, "coat", secondF1, secondF1, secondF1, 10)],
            0.7, new AverageMetrics(0.7, 0.7, 0.7, 20), new AverageMetrics(0.7, 0.7, 0.7, 20)),
        ConfusionMatrix = [[3, 1], [0, 4]],
    };
}
