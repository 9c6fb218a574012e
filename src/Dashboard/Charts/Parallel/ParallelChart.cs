using System.Collections.Immutable;
using System.Globalization;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>Each experiment as a line through parallel axes: the keys that vary, then what came of them.</summary>
/// <param name="Variants">In the order of the grid: it decides their colours.</param>
/// <param name="Lines">In the order of the grid.</param>
public sealed record ParallelChart(ImmutableArray<string> Variants, ImmutableArray<ParallelAxis> Axes, ImmutableArray<ParallelLine> Lines)
{
    private const int MostCategories = 30;

    /// <summary>From so large a ratio of the largest to the smallest value on, an axis is logarithmic.</summary>
    private const double LogarithmicFrom = 50;

    private const string Seed = "training.seed";

    private static readonly ImmutableArray<(string Key, string Label, Func<ExperimentOutcome, double?> Value)> Results =
    [
        ("validationLoss", "lowest validation loss", experiment => experiment.Best?.ValidationLoss),
        ("validationAccuracy", "last validation accuracy", experiment => experiment.Last?.ValidationAccuracy),
        ("testAccuracy", "test accuracy", experiment => experiment.Test?.Accuracy),
    ];

    /// <param name="experiments">In the order of the grid; what one does not know yet is null on its axis.</param>
    public static ParallelChart Of(ImmutableArray<ExperimentOutcome> experiments)
    {
        ImmutableArray<ConfigKey> varied = [.. ConfigKey.All.Where(key => experiments.DistinctBy(experiment => key.Number(experiment.Config)).Count() > 1)];
        return new ParallelChart(
            [.. experiments.Select(experiment => experiment.Variant).Distinct(StringComparer.Ordinal)],
            [
                .. varied.Select(key => Axis(key.Name, [.. experiments.Select(experiment => key.Number(experiment.Config))])),
                .. Results.Select(result => new ParallelAxis(result.Key, result.Label, Log: false, Categories: null)),
            ],
            [
                .. experiments.Select(experiment => new ParallelLine(
                    experiment.Id, experiment.Name, experiment.Variant,
                    [.. varied.Select(key => (double?)key.Number(experiment.Config)), .. Results.Select(result => result.Value(experiment))])),
            ]);
    }

    /// <summary>Seeds are names, which stand at equal distances; every other key is a number.</summary>
    private static ParallelAxis Axis(string key, ImmutableArray<double> values)
    {
        ImmutableArray<double> distinct = [.. values.Distinct().Order()];
        return key == Seed && distinct.Length <= MostCategories
            ? new ParallelAxis(key, key, Log: false, [.. distinct.Select(value => value.ToString(CultureInfo.InvariantCulture))])
            : new ParallelAxis(key, key, Log: distinct[0] > 0 && distinct[^1] / distinct[0] >= LogarithmicFrom, Categories: null);
    }
}

/// <param name="Key">As the grid file names it, or one of <c>validationLoss</c>, <c>validationAccuracy</c>, <c>testAccuracy</c>.</param>
/// <param name="Categories">From the bottom up; null on an axis of numbers. A line's value is one of them, as a number.</param>
public sealed record ParallelAxis(string Key, string Label, bool Log, ImmutableArray<string>? Categories);

/// <param name="Values">One for each axis; null where it is not known.</param>
public sealed record ParallelLine(string Id, string Name, string Variant, ImmutableArray<double?> Values);
