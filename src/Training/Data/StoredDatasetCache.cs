namespace Experiments.Training.Data;

/// <summary>
/// Datasets that users sent to the storage, a file each, named by its SHA-256. What is not there is taken from the storage, by one process
/// of the machine while the others wait; a file that was damaged since is taken again.
/// </summary>
internal sealed class StoredDatasetCache(string folder, IStoredDatasets storage)
{
    /// <exception cref="DatasetException">The storage has not got the dataset, or not whole.</exception>
    public async Task<Dataset> LoadAsync(DatasetReference reference, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        if (!ContentHash.IsOne(reference.Sha256))
            throw new DatasetException($"dataset {reference.Name}: '{reference.Sha256}' is no SHA-256; submit the grid again.");
        if (await TryReadAsync(reference, progress: null, cancellationToken) is { } cached)
            return cached;

        using FileStream? held = await TryLockAsync(reference, progress, cancellationToken);
        return await TryReadAsync(reference, progress, cancellationToken) ?? await FetchAsync(reference, isKept: held is not null, progress, cancellationToken);
    }

    private async Task<Dataset?> TryReadAsync(DatasetReference reference, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(PathOf(reference), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
            using var reader = new PackedReader(bytes => file.ReadExactlyAsync(bytes, cancellationToken), file.Length);
            return await reader.ReadAsync(reference.Name, reference.Sha256);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            progress?.Report(new DatasetProgress($"taking {reference.Name} from the storage again: the cached copy is damaged: {fault.Message}"));
            return null;
        }
    }

    /// <returns>Null where the folder cannot be written: the dataset is taken all the same, and not kept.</returns>
    private async Task<FileStream?> TryLockAsync(DatasetReference reference, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return await CacheLock.TakeAsync(PathOf(reference) + ".lock", reference.Name, progress, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            progress?.Report(CacheFile.NotKept(folder, fault));
            return null;
        }
    }

    private async Task<Dataset> FetchAsync(DatasetReference reference, bool isKept, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        long length = await storage.GetLengthAsync(reference.Sha256, cancellationToken) ?? throw Missing(reference);
        using CacheFile? kept = isKept ? new CacheFile(PathOf(reference), progress) : null;
        var content = new StoredContent(storage, reference, length, chunk => kept?.Write(chunk), progress);
        using var reader = new PackedReader(bytes => content.ReadAsync(bytes, cancellationToken), length);
        try
        {
            Dataset dataset = await reader.ReadAsync(reference.Name, reference.Sha256);
            kept?.Commit();
            return dataset;
        }
        catch (InvalidDataException fault)
        {
            await storage.VerifyAsync(reference.Sha256, length, cancellationToken);
            throw new DatasetException(
                $"dataset {reference.Name} ({reference.Sha256}): the storage's copy is damaged ({fault.Message}); submit the grid again from a machine that has its files, then retry it.", fault);
        }
    }

    private string PathOf(DatasetReference reference) => Path.Combine(folder, reference.Sha256);

    internal static DatasetException Missing(DatasetReference reference) => new(
        $"dataset {reference.Name} ({reference.Sha256}): is not in the storage; submit the grid again from a machine that has its files, then retry it.");
}
