using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>A variant's curves as mean and spread over its seeds.</summary>
/// <param name="Experiments">Number of experiments of the variant.</param>
/// <param name="Epoch">Every epoch that one of them has trained, ascending; of many those that hold the extremes of the means.</param>
public sealed record CurveBand(
    string Variant,
    int Experiments,
    ImmutableArray<int> Epoch,
    BandColumns TrainLoss,
    BandColumns TrainAccuracy,
    BandColumns ValidationLoss,
    BandColumns ValidationAccuracy)
{
    public static CurveBand Of(VariantBand band)
    {
        var kept = EpochSampling.Of(
            band.Epochs,
            epoch => epoch.Epoch,
            [Mean(epoch => epoch.TrainLoss), Mean(epoch => epoch.TrainAccuracy), Mean(epoch => epoch.ValidationLoss), Mean(epoch => epoch.ValidationAccuracy)]);
        return new CurveBand(
            band.Variant,
            band.Experiments,
            [.. kept.Select(epoch => epoch.Epoch)],
            BandColumns.Of(kept.Select(epoch => epoch.TrainLoss)),
            BandColumns.Of(kept.Select(epoch => epoch.TrainAccuracy)),
            BandColumns.Of(kept.Select(epoch => epoch.ValidationLoss)),
            BandColumns.Of(kept.Select(epoch => epoch.ValidationAccuracy)));

        static Func<BandEpoch, double> Mean(Func<BandEpoch, Sample?> metric) => epoch => metric(epoch)?.Mean ?? double.NaN;
    }
}

/// <summary>One metric, an element for each epoch of the band.</summary>
/// <param name="Mean">Null where no value is finite.</param>
/// <param name="Deviation">Of the sample; null below two values.</param>
/// <param name="Count">How many values are finite.</param>
public sealed record BandColumns(ImmutableArray<double?> Mean, ImmutableArray<double?> Deviation, ImmutableArray<int> Count)
{
    internal static BandColumns Of(IEnumerable<Sample?> samples)
    {
        ImmutableArray<Sample?> all = [.. samples];
        return new BandColumns(
            [.. all.Select(sample => sample?.Mean)],
            [.. all.Select(sample => sample?.StandardDeviation)],
            [.. all.Select(sample => sample?.Count ?? 0)]);
    }
}
