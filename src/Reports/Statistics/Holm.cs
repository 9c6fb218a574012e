using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>
/// Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979): the chance of any false finding among all tests stays
/// below the level.
/// </summary>
public static class Holm
{
    /// <returns>The adjusted probabilities, in the order of those given.</returns>
    public static ImmutableArray<double> Adjust(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        double largest = 0;
        var ascending = Enumerable.Range(0, adjusted.Length).OrderBy(i => probabilities[i]).ToArray();
        for (int rank = 0; rank < ascending.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (ascending.Length - rank) * probabilities[ascending[rank]]));
            adjusted[ascending[rank]] = largest;
        }

        return [.. adjusted];
    }
}
