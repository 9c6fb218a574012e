using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>Images of one class that were taken for another.</summary>
/// <param name="Images">Number of test images, from 1.</param>
public sealed record ConfusedPair(int True, string TrueName, int Predicted, string PredictedName, int Images)
{
    public const int Most = 5;

    /// <summary>The pairs of most images, at most <see cref="Most"/>; equal ones in the order of the classes.</summary>
    /// <param name="matrix">By true class (row) and predicted class (column).</param>
    /// <param name="names">One for each class.</param>
    public static ImmutableArray<ConfusedPair> Of(ImmutableArray<ImmutableArray<int>> matrix, IReadOnlyList<string> names) =>
    [
        .. matrix
            .SelectMany((row, label) => row.Select((images, predicted) => new ConfusedPair(label, names[label], predicted, names[predicted], images)))
            .Where(pair => pair.True != pair.Predicted && pair.Images > 0)
            .OrderByDescending(pair => pair.Images).ThenBy(pair => pair.True).ThenBy(pair => pair.Predicted)
            .Take(Most),
    ];
}
