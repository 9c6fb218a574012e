using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>The curves of the experiments that differ in nothing but their seed, as mean and spread after each epoch.</summary>
/// <param name="Experiments">Number of experiments of the variant, those without an epoch included.</param>
/// <param name="Epochs">Every epoch that at least one of them has trained, ascending.</param>
public sealed record VariantBand(string Variant, int Experiments, ImmutableArray<BandEpoch> Epochs)
{
    /// <summary>A band for each variant, in the order of their first experiments.</summary>
    public static ImmutableArray<VariantBand> Of(IEnumerable<ExperimentHistory> experiments) =>
    [
        .. experiments.GroupBy(experiment => experiment.Variant, StringComparer.Ordinal).Select(variant => new VariantBand(
            variant.Key,
            variant.Count(),
            [
                .. variant.SelectMany(experiment => experiment.Epochs).GroupBy(epoch => epoch.Epoch)
                    .OrderBy(epoch => epoch.Key)
                    .Select(epoch => BandEpoch.Of(epoch.Key, [.. epoch])),
            ])),
    ];
}

/// <summary>One epoch over the experiments that have trained it; a sample counts those whose value is finite, and is null where none is.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">In nats, as <see cref="ValidationLoss"/>.</param>
public sealed record BandEpoch(int Epoch, Sample? TrainLoss, Sample? TrainAccuracy, Sample? ValidationLoss, Sample? ValidationAccuracy)
{
    internal static BandEpoch Of(int epoch, IReadOnlyCollection<EpochMetrics> reached)
    {
        return new BandEpoch(
            epoch,
            Over(metrics => metrics.TrainLoss),
            Over(metrics => metrics.TrainAccuracy),
            Over(metrics => metrics.ValidationLoss),
            Over(metrics => metrics.ValidationAccuracy));

        Sample? Over(Func<EpochMetrics, double> metric) => Sample.Of([.. reached.Select(metric).Where(double.IsFinite)]);
    }
}
