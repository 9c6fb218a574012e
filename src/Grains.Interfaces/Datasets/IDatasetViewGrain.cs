using System.Collections.Immutable;

namespace Experiments;

/// <summary>
/// Shows what a dataset holds to those who have not its files. Its key is 0. Any silo answers, from the copy that its slots train on; where
/// it has none, it first loads it as they do, which may take minutes.
/// </summary>
/// <remarks>
/// Each method throws <see cref="DatasetUnreadableException"/> where the data cannot be had, and <see cref="ArgumentException"/> for what is out of range.
/// </remarks>
[Alias("Experiments.IDatasetViewGrain")]
public interface IDatasetViewGrain : IGrainWithIntegerKey
{
    /// <summary>Dimensions, classes, and the number of images of each class after a split.</summary>
    [ResponseTimeout("00:05:00"), Alias("Summarize")]
    Task<DatasetSummary> Summarize(DatasetReference dataset, SplitConfig split, CancellationToken cancellationToken);

    /// <param name="indices">Of images of the part, from 0; at most <see cref="DatasetViews.MostImages"/>, in any order.</param>
    /// <returns>The images in the order asked for.</returns>
    [ResponseTimeout("00:05:00"), Alias("ReadImages")]
    Task<ImageBatch> ReadImages(DatasetReference dataset, DatasetPart part, ImmutableArray<int> indices, CancellationToken cancellationToken);

    /// <summary>Finds the first training images of each class.</summary>
    /// <param name="perClass">1 to <see cref="DatasetViews.MostSamples"/>.</param>
    /// <returns>By label, indices into <see cref="DatasetPart.Train"/>; fewer where a class has fewer.</returns>
    [ResponseTimeout("00:05:00"), Alias("FindSamples")]
    Task<ImmutableArray<ImmutableArray<int>>> FindSamples(DatasetReference dataset, int perClass, CancellationToken cancellationToken);

    /// <summary>The layers of the experiment's model for the dataset.</summary>
    /// <exception cref="ArgumentException">They are no model for its images.</exception>
    [ResponseTimeout("00:05:00"), Alias("SummarizeModel")]
    Task<ImmutableArray<LayerSummary>> SummarizeModel(DatasetReference dataset, ExperimentConfig config, CancellationToken cancellationToken);
}

/// <summary>What one call of an <see cref="IDatasetViewGrain"/> gives at most.</summary>
public static class DatasetViews
{
    public const int MostImages = 1_000;

    public const int MostSamples = 20;
}

[GenerateSerializer, Alias("Experiments.DatasetPart")]
public enum DatasetPart
{
    /// <summary>The images to train on, those for validation included.</summary>
    Train,

    Test,
}
