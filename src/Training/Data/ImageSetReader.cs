namespace Experiments.Training.Data;

/// <summary>Reads the training or the test images of a dataset, on other threads.</summary>
/// <param name="classes">Labels are below this.</param>
/// <param name="imageSize">What the images must have; null for the size of the IDX header, or for square ones in a CSV.</param>
internal sealed class ImageSetReader(int classes, ImageSize? imageSize, CancellationToken cancellationToken)
{
    public Task<ImageSet> ReadCsvAsync(string path) =>
        Task.Run(() => CsvFile.Read(path, classes, imageSize, cancellationToken), cancellationToken);

    /// <param name="images">Path.</param>
    /// <param name="labels">Path.</param>
    /// <param name="imagesSha256">Of the unpacked content; null where any will do.</param>
    /// <param name="labelsSha256">Of the unpacked content; null where any will do.</param>
    public async Task<ImageSet> ReadIdxAsync(string images, string labels, string? imagesSha256 = null, string? labelsSha256 = null)
    {
        Task<IdxFile> readingImages = Task.Run(() => IdxFile.ReadImages(images, imagesSha256, cancellationToken), cancellationToken);
        Task<IdxFile> readingLabels = Task.Run(() => IdxFile.ReadLabels(labels, labelsSha256, cancellationToken), cancellationToken);
        await AllFaults.Of(readingImages, readingLabels);

        (int[] imageSizes, byte[] pixels) = await readingImages;
        (int[] labelSizes, byte[] labelBytes) = await readingLabels;
        var size = new ImageSize(imageSizes[1], imageSizes[2]);
        if (imageSizes[0] != labelSizes[0])
            throw new DatasetException($"{images}: holds {imageSizes[0]} images, but {labels} holds {labelSizes[0]} labels; give files that belong together.");
        if (imageSize is not null && imageSize != size)
            throw new DatasetException(
                $"{images}: holds images of {size.Height} × {size.Width}, where imageSize says [{imageSize.Height}, {imageSize.Width}]; correct or leave out imageSize.");
        if (labelBytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(classes - 1, byte.MaxValue)) is var wrong and >= 0)
            throw new DatasetException(
                $"{labels}: image {wrong} (from 0) has the label {labelBytes[wrong]}, outside the class names, which go from 0 to {classes - 1}; correct it, or name every class under classes.");

        return new ImageSet(size.Height, size.Width, pixels, Array.ConvertAll(labelBytes, label => (int)label));
    }
}
