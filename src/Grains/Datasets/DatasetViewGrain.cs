using System.Collections.Immutable;
using Experiments.Grains.Execution;
using Experiments.Training.Data;
using Orleans.Concurrency;

namespace Experiments.Grains.Datasets;

[StatelessWorker, Reentrant]
internal sealed class DatasetViewGrain(DatasetCatalog datasets) : Grain, IDatasetViewGrain
{
    public Task<DatasetSummary> Summarize(DatasetReference dataset, SplitConfig split, CancellationToken cancellationToken) =>
        View(dataset, loaded => Summary(loaded, TrainTestSplit.Create(loaded.Train.Count, split.Validation, split.Seed)), cancellationToken);

    public Task<ImageBatch> ReadImages(DatasetReference dataset, DatasetPart part, ImmutableArray<int> indices, CancellationToken cancellationToken) =>
        indices.Length <= DatasetViews.MostImages
            ? View(dataset, loaded => Batch(part == DatasetPart.Train ? loaded.Train : loaded.Test, indices), cancellationToken)
            : throw new ArgumentException(
                FormattableString.Invariant($"{indices.Length} images were asked for at once: ask for at most {DatasetViews.MostImages}."), nameof(indices));

    public Task<ImmutableArray<ImmutableArray<int>>> FindSamples(DatasetReference dataset, int perClass, CancellationToken cancellationToken) =>
        perClass is >= 1 and <= DatasetViews.MostSamples
            ? View(dataset, loaded => ClassSamples.First(loaded.Train.Labels, loaded.Classes.Length, perClass), cancellationToken)
            : throw new ArgumentException(
                FormattableString.Invariant($"{perClass} samples of each class were asked for: ask for 1 to {DatasetViews.MostSamples}."), nameof(perClass));

    public Task<ImmutableArray<LayerSummary>> SummarizeModel(DatasetReference dataset, ExperimentConfig config, CancellationToken cancellationToken) =>
        View(dataset, loaded => ModelSummary.Of(ModelConfig.LayersOf(config), loaded.ImageSize, loaded.Classes.Length), cancellationToken);

    /// <summary>On the thread pool: to read and decode files would keep a grain's scheduler, and millions of labels are to be counted.</summary>
    private Task<T> View<T>(DatasetReference reference, Func<Dataset, T> view, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            try
            {
                return view(await datasets.Get(reference, progress: null, cancellationToken));
            }
            catch (DatasetException exception)
            {
                throw new DatasetUnreadableException(exception.Message);
            }
        },
        cancellationToken);

    private static DatasetSummary Summary(Dataset dataset, DataSplit split) => new()
    {
        Name = dataset.Name,
        Sha256 = dataset.Sha256,
        ImageSize = dataset.ImageSize,
        Classes = dataset.Classes,
        Train = ClassDistribution.Count(dataset.Train.Labels, dataset.Classes.Length, split.Train),
        Validation = ClassDistribution.Count(dataset.Train.Labels, dataset.Classes.Length, split.Validation),
        Test = ClassDistribution.Count(dataset.Test.Labels, dataset.Classes.Length),
    };

    private static ImageBatch Batch(ImageSet images, ImmutableArray<int> indices)
    {
        var outside = indices.Where(index => index < 0 || index >= images.Count).ToList();
        if (outside.Count > 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"There is no image {outside[0]}: the last of the part is {images.Count - 1}."), nameof(indices));
        }

        byte[] pixels = new byte[indices.Length * images.Height * images.Width];
        for (int image = 0; image < indices.Length; image++)
        {
            images.Image(indices[image]).CopyTo(pixels.AsSpan(image * images.Height * images.Width));
        }

        return new ImageBatch(new ImageSize(images.Height, images.Width), pixels, [.. indices.Select(index => images.Labels[index])]);
    }
}
