namespace Experiments.Training.Data;

/// <summary>
/// Fetched datasets, a folder each. A folder appears whole, by a rename, once its content is verified; a copy that was damaged since is fetched again.
/// One process fetches, the others wait for it: the empty lock file beside the folder stays.
/// </summary>
internal sealed class DatasetCache(BuiltInDataset dataset, string folder, IReadOnlyList<IDatasetSource> sources)
{
    private readonly string _finished = Path.Combine(folder, dataset.Name);
    private readonly string _partial = Path.Combine(folder, dataset.Name + ".partial");
    private readonly string _lock = Path.Combine(folder, dataset.Name + ".lock");

    /// <exception cref="DatasetException">No source has it; the message has a line for each.</exception>
    public async Task<Dataset> LoadAsync(IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        if (await TryReadAsync(progress: null, cancellationToken) is { } cached)
            return cached;

        try
        {
            Directory.CreateDirectory(folder);
            using FileStream held = await CacheLock.TakeAsync(_lock, dataset.Name, progress, cancellationToken);
            return await TryReadAsync(progress, cancellationToken) ?? await FetchAsync(progress, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{folder}: cannot be written ({fault.Message.TrimEnd('.')}); make room or make it writable, or set XDG_CACHE_HOME to another folder", fault);
        }
    }

    private async Task<Dataset?> TryReadAsync(IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_finished))
            return null;
        try
        {
            return await new BuiltInFolder(dataset, _finished).ReadIdxAsync(cancellationToken);
        }
        catch (DatasetException fault)
        {
            progress?.Report(new DatasetProgress($"fetching {dataset.Name} again: the cached copy is damaged: {fault.Message}"));
            return null;
        }
    }

    private async Task<Dataset> FetchAsync(IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (IDatasetSource source in sources)
        {
            Delete(_partial);
            try
            {
                Directory.CreateDirectory(_partial);
                await source.FetchAsync(_partial, progress, cancellationToken);
                Dataset fetched = await new BuiltInFolder(dataset, _partial).ReadIdxAsync(cancellationToken);
                Delete(_finished);
                Directory.Move(_partial, _finished);
                return fetched;
            }
            catch (Exception fault) when (fault is DatasetException or CommandFailedException)
            {
                reasons.Add($"{source.Name}: {fault.Message}");
            }
            finally
            {
                Delete(_partial);
            }
        }

        throw new DatasetException(string.Join(Environment.NewLine, reasons));
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
