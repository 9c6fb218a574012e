using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>Each experiment as a line through parallel axes: the keys that vary, then what came of them.</summary>
/// <param name="Variants">In the order of the grid: it decides their colours.</param>
/// <param name="Lines">In the order of the grid.</param>
public sealed record ParallelChart(ImmutableArray<string> Variants, ImmutableArray<ParallelAxis> Axes, ImmutableArray<ParallelLine> Lines)
{
    private static readonly ImmutableArray<(string Key, string Label, Func<ExperimentOutcome, double?> Value)> Results =
    [
        ("validationLoss", "validation loss of the best epoch", experiment => experiment.Best?.ValidationLoss),
        ("validationAccuracy", "last validation accuracy", experiment => experiment.Last?.ValidationAccuracy),
        ("testAccuracy", "test accuracy", experiment => experiment.Test?.Accuracy),
    ];

    /// <param name="experiments">In the order of the grid; what one does not know yet is null on its axis.</param>
    public static ParallelChart Of(ImmutableArray<ExperimentOutcome> experiments)
    {
        ImmutableArray<ExperimentConfig> configs = [.. experiments.Select(experiment => experiment.Config)];
        ImmutableArray<VariedAxis> varied = [.. ConfigKey.Varied(configs).Select(key => VariedAxis.Of(key, configs))];
        return new ParallelChart(
            [.. experiments.Select(experiment => experiment.Variant).Distinct(StringComparer.Ordinal)],
            [
                .. varied.Select(axis => axis.Axis),
                .. Results.Select(result => new ParallelAxis(result.Key, result.Label, Log: false, Categories: null)),
            ],
            [
                .. experiments.Select(experiment => new ParallelLine(
                    experiment.Id, experiment.Name, experiment.Variant,
                    [.. varied.Select(axis => axis.ValueOf(experiment.Config)), .. Results.Select(result => result.Value(experiment))])),
            ]);
    }
}

/// <param name="Key">As the grid file names it, or one of <c>validationLoss</c>, <c>validationAccuracy</c>, <c>testAccuracy</c>.</param>
/// <param name="Categories">From the bottom up; null on an axis of numbers. A line's value is the place of one of them, from 0.</param>
public sealed record ParallelAxis(string Key, string Label, bool Log, ImmutableArray<string>? Categories);

/// <param name="Values">One for each axis; null where it is not known.</param>
public sealed record ParallelLine(string Id, string Name, string Variant, ImmutableArray<double?> Values);
