using System.Collections.Immutable;
using Experiments.Pictures.Drawing;

namespace Experiments.Pictures;

/// <summary>How many images of each class every part of a dataset has: a row per class, a panel per part, the bars beginning at zero.</summary>
public static class DistributionPicture
{
    /// <param name="title">Above all.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="parts">Such as train, validation and test, each with the number of images of every class.</param>
    /// <returns>A PNG; its size follows from the number of classes and parts and the length of the names.</returns>
    /// <exception cref="ArgumentException">A part has not one count, from 0, per class.</exception>
    public static byte[] Png(string title, ImmutableArray<string> classes, ImmutableArray<(string Part, ImmutableArray<int> PerClass)> parts)
    {
        foreach ((string part, ImmutableArray<int> perClass) in parts)
        {
            if (perClass.Length != classes.Length || perClass.Any(count => count < 0))
                throw new ArgumentException($"'{part}' has not one count, from 0, for each of the {classes.Length} classes.", nameof(parts));
        }

        return Sheet.Png(title, DistributionCharts.Of(classes, parts));
    }
}
