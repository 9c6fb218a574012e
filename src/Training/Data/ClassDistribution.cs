using System.Collections.Immutable;

namespace Experiments.Training.Data;

/// <summary>Number of images per class.</summary>
public static class ClassDistribution
{
    /// <param name="labels">Each below <paramref name="classes"/>.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>[classes]</returns>
    public static ImmutableArray<int> Count(ReadOnlySpan<int> labels, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in labels)
            counts[label]++;
        return [.. counts];
    }

    /// <param name="labels">Each below <paramref name="classes"/>.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="indices">Into <paramref name="labels"/>: the images to count.</param>
    /// <returns>[classes]</returns>
    public static ImmutableArray<int> Count(ReadOnlySpan<int> labels, int classes, ReadOnlySpan<int> indices)
    {
        int[] counts = new int[classes];
        foreach (int index in indices)
            counts[labels[index]]++;
        return [.. counts];
    }
}
