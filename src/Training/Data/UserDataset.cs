using Experiments.Training.Models;

namespace Experiments.Training.Data;

/// <summary>Data of the user's own, in the files that the grid file names.</summary>
internal static class UserDataset
{
    public static async Task<Dataset> ReadAsync(string name, DatasetFiles files, CancellationToken cancellationToken)
    {
        if (files.Classes is not { IsDefault: false, Length: >= 2 })
            throw new DatasetException($"dataset {name}: classes must name at least 2 classes, in the order of their labels.");

        var reader = new ImageSetReader(files.Classes.Length, files.ImageSize, cancellationToken);
        Task<ImageSet> readingTrain = ReadAsync(reader, files.Train, $"dataset {name}, train");
        Task<ImageSet> readingTest = ReadAsync(reader, files.Test, $"dataset {name}, test");
        await AllFaults.Of(readingTrain, readingTest);

        ImageSet train = await readingTrain;
        ImageSet test = await readingTest;
        CheckSameSize(files, train, test);
        CheckSize(files, train);
        return new Dataset(name, files.Classes, train, test);
    }

    private static Task<ImageSet> ReadAsync(ImageSetReader reader, ImageFiles files, string place) => files switch
    {
        { Csv: { } csv, Images: null, Labels: null } => reader.ReadCsvAsync(csv),
        { Csv: null, Images: { } images, Labels: { } labels } => reader.ReadIdxAsync(images, labels),
        _ => throw new DatasetException($"{place}: give either images and labels (IDX), or csv."),
    };

    private static void CheckSize(DatasetFiles files, ImageSet train)
    {
        const int Most = ModelSummary.MaximumImageSize;
        if (train is not { Height: >= 1 and <= Most, Width: >= 1 and <= Most })
            throw new DatasetException(
                $"{files.Train.Images ?? files.Train.Csv}: holds images of {train.Height} × {train.Width}, where models take 1 × 1 to {Most} × {Most}; scale them.");
    }

    private static void CheckSameSize(DatasetFiles files, ImageSet train, ImageSet test)
    {
        if ((train.Height, train.Width) != (test.Height, test.Width))
            throw new DatasetException(
                $"{files.Test.Images ?? files.Test.Csv}: holds test images of {test.Height} × {test.Width}, but the training images in "
                + $"{files.Train.Images ?? files.Train.Csv} are {train.Height} × {train.Width}; give both in one size.");
    }
}
