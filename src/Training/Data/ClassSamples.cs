using System.Collections.Immutable;

namespace Experiments.Training.Data;

/// <summary>The first images of each class.</summary>
public static class ClassSamples
{
    /// <param name="labels">Each below <paramref name="classes"/>.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="perClass">Images wanted of each.</param>
    /// <returns>[classes]; of each the indices into <paramref name="labels"/>, ascending, fewer where a class has fewer.</returns>
    public static ImmutableArray<ImmutableArray<int>> First(ReadOnlySpan<int> labels, int classes, int perClass)
    {
        ImmutableArray<ImmutableArray<int>.Builder> found = [.. Enumerable.Range(0, classes).Select(_ => ImmutableArray.CreateBuilder<int>())];
        for (int index = 0; index < labels.Length; index++)
        {
            if (found[labels[index]].Count < perClass)
                found[labels[index]].Add(index);
        }

        return [.. found.Select(indices => indices.DrainToImmutable())];
    }
}
