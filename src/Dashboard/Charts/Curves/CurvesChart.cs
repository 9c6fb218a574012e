using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>
/// The curves of a grid, or what has changed of them. A change holds the experiments that changed, with their curves whole, and the bands
/// of their variants whole: each takes the place of the one with the same id or variant, and a new one follows the known ones.
/// </summary>
/// <param name="Version">Names the state that this brings whoever merges it up to.</param>
/// <param name="After">The version that this is merged into; null where it is all there is.</param>
/// <param name="Experiments">In the order of the grid.</param>
/// <param name="Curves">Of the experiments that have trained an epoch.</param>
/// <param name="Bands">Of the variants with more than one experiment: of a single one, the curve says it.</param>
public sealed record CurvesChart(
    long Version,
    long? After,
    ImmutableArray<CurveHead> Experiments,
    ImmutableArray<Curve> Curves,
    ImmutableArray<CurveBand> Bands)
{
    /// <summary>Epochs that a curve is drawn by at most, about: wider than any screen has pixels for half a page.</summary>
    public const int MostPoints = 1_000;

    /// <summary>All curves of a grid.</summary>
    /// <param name="experiments">In the order of the grid.</param>
    public static CurvesChart Of(long version, ImmutableArray<ExperimentHistory> experiments) =>
        Of(version, null, experiments, [.. experiments.Select(experiment => experiment.Id)]);

    /// <summary>What has changed of them.</summary>
    /// <param name="after">The version that the caller has.</param>
    /// <param name="experiments">All of the grid, in its order.</param>
    /// <param name="changed">Ids of those that changed after it.</param>
    public static CurvesChart Of(long version, long? after, ImmutableArray<ExperimentHistory> experiments, ImmutableHashSet<string> changed)
    {
        ImmutableArray<ExperimentHistory> those = [.. experiments.Where(experiment => changed.Contains(experiment.Id))];
        var variants = those.Select(experiment => experiment.Variant).ToHashSet(StringComparer.Ordinal);
        return new CurvesChart(
            version,
            after,
            [.. those.Select(experiment => new CurveHead(experiment.Id, experiment.Name, experiment.Variant, experiment.Status))],
            [.. those.Where(experiment => !experiment.Epochs.IsEmpty).Select(Curve.Of)],
            [
                .. VariantBand.Of(experiments.Where(experiment => variants.Contains(experiment.Variant)))
                    .Where(band => band.Experiments > 1)
                    .Select(CurveBand.Of),
            ]);
    }
}

public sealed record CurveHead(string Id, string Name, string Variant, ExperimentStatus Status);
