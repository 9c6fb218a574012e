using System.Collections.Immutable;

namespace Experiments.Training.Data;

/// <summary>A folder that should hold the files of a built-in dataset.</summary>
internal sealed class BuiltInFolder(BuiltInDataset dataset, string folder)
{
    public bool Exists => Directory.Exists(folder);

    /// <summary>Whether the four IDX files are there, by their names alone.</summary>
    public bool HoldsIdx => MissingIdx.IsEmpty;

    private ImmutableArray<string> MissingIdx => [.. dataset.Files.Where(file => Find(file) is null).Select(file => file.Name)];

    private ImmutableArray<string> MissingCsv => [.. new[] { dataset.Train.Csv, dataset.Test.Csv }.Where(csv => !File.Exists(Path.Combine(folder, csv)))];

    /// <summary>
    /// Takes the IDX files, else the two CSV files. IDX must have the known SHA-256; of CSV, whose rows come in any order,
    /// only the image size and the number of images per class can be checked.
    /// </summary>
    public async Task<Dataset> ReadAsync(CancellationToken cancellationToken)
    {
        Check();
        return HoldsIdx ? await ReadIdxAsync(cancellationToken) : await ReadCsvAsync(cancellationToken);
    }

    /// <summary>Whether the files are there, by their names alone.</summary>
    /// <exception cref="DatasetException">Some are missing, or the folder is.</exception>
    public void Check()
    {
        if (!Exists)
            throw new DatasetException($"{folder}: no such folder; name the one that holds {dataset.Name}.");

        var (missingIdx, missingCsv) = (MissingIdx, MissingCsv);
        if (!missingIdx.IsEmpty && !missingCsv.IsEmpty)
        {
            bool holdsCsvAlone = missingIdx.Length == dataset.Files.Length && missingCsv.Length == 1;
            throw Missing(holdsCsvAlone ? missingCsv : missingIdx);
        }
    }

    /// <summary>Takes the IDX files, gzipped or plain, and nothing but the very content that is known.</summary>
    public async Task<Dataset> ReadIdxAsync(CancellationToken cancellationToken)
    {
        if (MissingIdx is { IsEmpty: false } missing)
            throw Missing(missing);

        var reader = new ImageSetReader(dataset.Classes.Length, dataset.ImageSize, cancellationToken);
        Task<ImageSet> train = ReadIdxAsync(reader, dataset.Train);
        Task<ImageSet> test = ReadIdxAsync(reader, dataset.Test);
        await AllFaults.Of(train, test);
        return new Dataset(dataset.Name, dataset.Classes, await train, await test, dataset.Sha256);
    }

    private Task<ImageSet> ReadIdxAsync(ImageSetReader reader, BuiltInImages part) =>
        reader.ReadIdxAsync(Find(part.Images)!, Find(part.Labels)!, part.Images.Sha256, part.Labels.Sha256);

    private async Task<Dataset> ReadCsvAsync(CancellationToken cancellationToken)
    {
        var reader = new ImageSetReader(dataset.Classes.Length, dataset.ImageSize, cancellationToken);
        Task<ImageSet> train = ReadCsvAsync(reader, dataset.Train);
        Task<ImageSet> test = ReadCsvAsync(reader, dataset.Test);
        await AllFaults.Of(train, test);
        return new Dataset(dataset.Name, dataset.Classes, await train, await test);
    }

    private async Task<ImageSet> ReadCsvAsync(ImageSetReader reader, BuiltInImages part)
    {
        string path = Path.Combine(folder, part.Csv);
        ImageSet images = await reader.ReadCsvAsync(path);
        ImmutableArray<int> counts = ClassDistribution.Count(images.Labels, dataset.Classes.Length);
        for (int label = 0; label < counts.Length; label++)
        {
            if (counts[label] != part.PerClass)
                throw new DatasetException(
                    $"{path}: holds {counts[label]} images of class {label} ({dataset.Classes[label]}), where {dataset.Name} has {part.PerClass}; "
                    + "fetch it again, or describe data of your own under dataset in the grid file.");
        }

        return images;
    }

    private string? Find(BuiltInFile file) =>
        new[] { file.Name, file.PlainName }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private DatasetException Missing(ImmutableArray<string> names) =>
        new($"{folder}: lacks {string.Join(", ", names)}. Wanted are the four IDX files of {dataset.Name}, gzipped or plain (without .gz), "
            + $"or both {dataset.Train.Csv} and {dataset.Test.Csv}.");
}
