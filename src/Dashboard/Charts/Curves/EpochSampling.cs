using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>A long history by fewer of its epochs, which hold the extremes of every metric.</summary>
internal static class EpochSampling
{
    /// <param name="epochs">Ascending; untouched where there are at most <see cref="CurvesChart.MostPoints"/>.</param>
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> epochs, Func<T, int> number, ImmutableArray<Func<T, double>> metrics) =>
        epochs.Length <= CurvesChart.MostPoints
            ? epochs
            : [.. metrics.SelectMany(metric => CurveSampling.Of(epochs, metric, CurvesChart.MostPoints / metrics.Length)).DistinctBy(number).OrderBy(number)];
}
