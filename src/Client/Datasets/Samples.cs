using System.Collections.Immutable;
using Experiments.Pictures;
using Experiments.Training.Data;

namespace Experiments.Client.Datasets;

/// <summary>The first images of each class, class by class.</summary>
internal static class Samples
{
    public const int PerClass = 4;

    public const int ClassesPerRow = 2;

    public static ImmutableArray<(string Part, ImmutableArray<LabelledImage> Images)> Of(Dataset dataset) =>
        [("train", Of(dataset.Train, dataset.Classes)), ("test", Of(dataset.Test, dataset.Classes))];

    private static ImmutableArray<LabelledImage> Of(ImageSet images, ImmutableArray<string> classes) =>
    [
        .. ClassSamples.First(images.Labels, classes.Length, PerClass).SelectMany((indices, label) => indices.Select(index =>
            new LabelledImage(new GreyImage(images.Height, images.Width, images.Image(index).ToArray()), classes[label]))),
    ];
}
