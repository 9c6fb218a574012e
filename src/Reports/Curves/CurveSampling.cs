using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>
/// Draws a long curve by fewer of its points without losing an extreme: buckets of equally many points, of each the lowest and the
/// highest (the MinMax aggregation that Jugel et al. compare with M4, PVLDB 7, 2014). Nothing is averaged, moved or left to chance.
/// </summary>
public static class CurveSampling
{
    /// <summary>The first and the last point, and of a single bucket the lowest, the highest and a gap.</summary>
    public const int Fewest = 5;

    /// <summary>
    /// At most <paramref name="limit"/> of the points, in their order: the first, the last, and each bucket's lowest and highest, the
    /// earlier of equal ones. A value that is not finite is a gap; of each bucket the first is kept, so that the curve breaks there.
    /// </summary>
    /// <param name="points">In the order of their epochs; untouched where there are at most <paramref name="limit"/>.</param>
    /// <param name="limit">From <see cref="Fewest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below <see cref="Fewest"/>.</exception>
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> points, Func<T, double> value, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, Fewest);
        if (points.Length <= limit) return points;

        int kept = points.Any(point => !double.IsFinite(value(point))) ? 3 : 2;
        int between = points.Length - 2, buckets = (limit - 2) / kept;
        return
        [
            points[0],
            .. Enumerable.Range(0, buckets).SelectMany(bucket => Kept(points, value, Start(bucket), Start(bucket + 1))).Select(i => points[i]),
            points[^1],
        ];

        int Start(int bucket) => 1 + (int)((long)bucket * between / buckets);
    }

    /// <summary>Indexes from <paramref name="start"/>, and before <paramref name="end"/>, that stand for the bucket, ascending.</summary>
    private static SortedSet<int> Kept<T>(ImmutableArray<T> points, Func<T, double> value, int start, int end)
    {
        int? lowest = null, highest = null, gap = null;
        for (int i = start; i < end; i++)
        {
            double here = value(points[i]);
            if (!double.IsFinite(here))
            {
                gap ??= i;
                continue;
            }

            if (lowest is not { } low || here < value(points[low])) lowest = i;
            if (highest is not { } high || here > value(points[high])) highest = i;
        }

        return [.. new[] { lowest, highest, gap }.OfType<int>()];
    }
}
