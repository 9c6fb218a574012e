namespace Experiments.Training.Data;

/// <summary>One process of a machine at a time fetches what the others wait for: an empty lock file, which stays.</summary>
internal static class CacheLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="path">Of the lock file.</param>
    /// <param name="name">Of the dataset, for people.</param>
    /// <returns>The lock, held until it is disposed of or the process ends in any way.</returns>
    public static async Task<FileStream> TakeAsync(string path, string name, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        FileStream? held;
        for (bool told = false; (held = ExclusiveFile.TryHold(path)) is null; told = true)
        {
            if (!told)
                progress?.Report(new DatasetProgress($"waiting for another process that is fetching {name}"));
            await Task.Delay(Poll, cancellationToken);
        }

        return held;
    }
}
