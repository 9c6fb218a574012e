using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>Test accuracy by dropout rate: a point for each variant with a test result, over its seeds.</summary>
/// <param name="XLabel">Which rate it is, where not all four are the same.</param>
/// <param name="Variants">In the order of the grid: it decides their colours.</param>
/// <param name="Points">In the order of the grid.</param>
public sealed record EffectChart(string XLabel, string YLabel, ImmutableArray<string> Variants, ImmutableArray<EffectPoint> Points)
{
    /// <param name="experiments">In the order of the grid; those without a test result give no point, and lists of layers, whose rates are their own, give none either.</param>
    public static EffectChart Of(ImmutableArray<ExperimentOutcome> experiments)
    {
        ImmutableArray<ExperimentOutcome> builtIn = [.. experiments.Where(experiment => experiment.Config.Model is null or { IsFashionCnn: true })];
        var (label, rate) = DropoutAxis.Of([.. builtIn.Select(experiment => experiment.Config.Dropout)]);
        return new EffectChart(
            label,
            "test accuracy",
            [.. experiments.Select(experiment => experiment.Variant).Distinct(StringComparer.Ordinal)],
            [
                .. builtIn.Where(experiment => experiment.Test is not null)
                    .GroupBy(experiment => experiment.Variant, StringComparer.Ordinal)
                    .Select(variant => EffectPoint.Of(rate(variant.First().Config.Dropout), [.. variant])),
            ]);
    }
}

/// <param name="X">Dropout rate.</param>
/// <param name="Deviation">Of the seeds' test accuracies; null for a single one.</param>
/// <param name="N">Number of seeds with a test result.</param>
/// <param name="Names">Of their experiments.</param>
public sealed record EffectPoint(double X, double Mean, double? Deviation, int N, ImmutableArray<string> Names, string Variant)
{
    internal static EffectPoint Of(double x, ImmutableArray<ExperimentOutcome> tested)
    {
        var accuracy = Sample.Of([.. tested.Select(experiment => experiment.Test!.Accuracy)])!;
        return new EffectPoint(x, accuracy.Mean, accuracy.StandardDeviation, accuracy.Count, [.. tested.Select(experiment => experiment.Name)], tested[0].Variant);
    }
}
