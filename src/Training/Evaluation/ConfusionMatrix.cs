using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Experiments.Training.Evaluation;

public static class ConfusionMatrix
{
    /// <summary>Counts images by true class (row) and predicted class (column): <c>[classes][classes]</c>.</summary>
    /// <exception cref="ArgumentException">The two differ in length, or a class lies outside 0 to <paramref name="classes"/> − 1.</exception>
    public static ImmutableArray<ImmutableArray<int>> Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> predicted, int classes)
    {
        if (labels.Length != predicted.Length)
            throw new ArgumentException($"There are {labels.Length} labels but {predicted.Length} predictions.", nameof(predicted));

        var counts = new int[classes][];
        for (int label = 0; label < classes; label++)
            counts[label] = new int[classes];

        for (int image = 0; image < labels.Length; image++)
        {
            RequireClass(labels[image], image, classes, nameof(labels));
            RequireClass(predicted[image], image, classes, nameof(predicted));
            counts[labels[image]][predicted[image]]++;
        }

        return [.. counts.Select(ImmutableCollectionsMarshal.AsImmutableArray)];
    }

    private static void RequireClass(int label, int image, int classes, string parameter)
    {
        if ((uint)label >= (uint)classes)
            throw new ArgumentOutOfRangeException(parameter, $"Image {image} has class {label}; classes are 0 to {classes - 1}.");
    }
}
