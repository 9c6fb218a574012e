namespace Experiments.Training.Data;

/// <summary>Finds, fetches where it must, verifies and decodes the dataset that a grid names.</summary>
/// <param name="storage">Where the content lies that references call stored; null where none is ever asked for.</param>
public sealed class DatasetLoader(DatasetOptions options, IStoredDatasets? storage = null)
{
    /// <param name="reference">Where its <see cref="DatasetReference.Sha256"/> is not empty, the content must be that.</param>
    /// <param name="progress">Told of downloads and of copies that are passed over; may be called on any thread.</param>
    /// <exception cref="DatasetException">The data are missing, damaged, or not those of the reference.</exception>
    public async Task<Dataset> LoadAsync(DatasetReference reference, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.IsStored)
            return await new StoredDatasetCache(options.CacheFolder, storage!).LoadAsync(reference, progress, cancellationToken);

        Dataset dataset = reference.Files is { } files
            ? await UserDataset.ReadAsync(reference.Name, files, cancellationToken)
            : await LoadBuiltInAsync(BuiltIn(reference.Name), progress, cancellationToken);

        if (reference.Sha256.Length > 0 && reference.Sha256 != dataset.Sha256)
            throw new DatasetException(
                $"dataset {reference.Name}: the content has the SHA-256 {dataset.Sha256}, where this grid was submitted with {reference.Sha256}; "
                + "give the data it was submitted with, in the same order, or submit it under another name.");
        return dataset;
    }

    private static BuiltInDataset BuiltIn(string name) =>
        name == BuiltInDatasets.FashionMnist.Name
            ? BuiltInDatasets.FashionMnist
            : throw new DatasetException(
                $"dataset {name}: is not known by name, as {BuiltInDatasets.FashionMnist.Name} is; describe data of your own with name, classes, train and test.");

    private async Task<Dataset> LoadBuiltInAsync(BuiltInDataset dataset, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.DataFolder is { } given)
            return await new BuiltInFolder(dataset, given).ReadAsync(cancellationToken);

        string passedOver = $"{options.SystemFolder}: no such folder";
        var system = new BuiltInFolder(dataset, options.SystemFolder);
        if (system.Exists)
        {
            try
            {
                return await system.ReadIdxAsync(cancellationToken);
            }
            catch (DatasetException fault)
            {
                passedOver = fault.Message;
                progress?.Report(new DatasetProgress($"passing over {options.SystemFolder}: {fault.Message}"));
            }
        }

        return await LoadCachedAsync(dataset, passedOver, progress, cancellationToken);
    }

    private async Task<Dataset> LoadCachedAsync(BuiltInDataset dataset, string passedOver, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        var cache = new DatasetCache(dataset, options.CacheFolder,
        [
            new UpstreamSource(dataset, options.Upstream ?? dataset.Upstream, options.StallTimeout),
            new DebianPackageSource(dataset, options.AptGet),
        ]);
        try
        {
            return await cache.LoadAsync(progress, cancellationToken);
        }
        catch (DatasetException fault)
        {
            string reasons = string.Join(Environment.NewLine, $"{passedOver}{Environment.NewLine}{fault.Message}".Split(Environment.NewLine).Select(line => $"  {line}"));
            throw new DatasetException(
                $"{dataset.Name} was not found, and could not be fetched:{Environment.NewLine}{reasons}{Environment.NewLine}"
                + $"Install it (apt install {dataset.DebianPackage}), or name a folder that holds it (--data DIR).",
                fault);
        }
    }
}
