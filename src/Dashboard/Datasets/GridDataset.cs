using System.Collections.Immutable;
using Experiments.Dashboard.Charts;

namespace Experiments.Dashboard.Datasets;

/// <summary>The data of a grid and how one of its splits divides them: what <c>dataset --json</c> tells, and the splits that there are.</summary>
/// <param name="ImageSize">Height and width in pixels.</param>
/// <param name="Splits">Number of images of each class in <c>full</c> (to train on, those for validation included), <c>train</c>, <c>validation</c> and <c>test</c>.</param>
/// <param name="IsStored">Whether the content is in the cluster's storage; else each silo reads the files, or finds the built-in dataset.</param>
/// <param name="Split">Number of the split that is shown.</param>
/// <param name="GridSplits">All that the grid has.</param>
internal sealed record GridDataset(
    string Name,
    string Sha256,
    ImmutableArray<int> ImageSize,
    ImmutableArray<string> Classes,
    ImmutableDictionary<string, ImageCounts> Splits,
    bool IsStored,
    int Split,
    ImmutableArray<GridSplit> GridSplits)
{
    public static GridDataset Of(DatasetSummary summary, DatasetReference reference, GridSplit split, ImmutableArray<GridSplit> all) => new(
        summary.Name,
        summary.Sha256,
        [summary.ImageSize.Height, summary.ImageSize.Width],
        summary.Classes,
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, ImageCounts>
        {
            ["full"] = ImageCounts.Of([.. summary.Train.Zip(summary.Validation, (train, validation) => train + validation)]),
            ["train"] = ImageCounts.Of(summary.Train),
            ["validation"] = ImageCounts.Of(summary.Validation),
            ["test"] = ImageCounts.Of(summary.Test),
        }),
        reference.IsStored,
        split.Number,
        all);

    public DistributionChart ToChart() => new(Classes, [.. ((string[])["train", "validation", "test"]).Select(part => new DistributionSplit(part, Splits[part].PerClass))]);
}

/// <param name="PerClass">By label.</param>
internal sealed record ImageCounts(int Count, ImmutableArray<int> PerClass)
{
    public static ImageCounts Of(ImmutableArray<int> perClass) => new(perClass.Sum(), perClass);
}
