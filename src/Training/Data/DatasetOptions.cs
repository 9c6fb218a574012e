namespace Experiments.Training.Data;

/// <summary>Where a built-in dataset is looked for, in this order: <see cref="DataFolder"/>, <see cref="SystemFolder"/>, <see cref="CacheFolder"/>, <see cref="Upstream"/>, the Debian package.</summary>
public sealed record DatasetOptions
{
    /// <summary>The user's <c>--data</c>: nothing else is looked at when it is given.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where Debian's and Ubuntu's package puts the files.</summary>
    public string SystemFolder { get; init; } = "/usr/share/datasets/fashion-mnist";

    /// <summary>Holds a folder per fetched dataset; created when first needed.</summary>
    public string CacheFolder { get; init; } = Path.Combine(UserCache, "experiments", "datasets");

    /// <summary>Address to which the file names are appended; null for the dataset's own.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>A download is given up after this long without a byte.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Command that downloads Debian packages.</summary>
    public string AptGet { get; init; } = "apt-get";

    /// <summary>The folder from which a built-in dataset would be taken, judged by the names of its files alone; null where it would be fetched.</summary>
    /// <exception cref="DatasetException">The user's <see cref="DataFolder"/> does not hold it.</exception>
    public string? Find(BuiltInDataset dataset)
    {
        if (DataFolder is not null)
        {
            new BuiltInFolder(dataset, DataFolder).Check();
            return DataFolder;
        }

        return new[] { SystemFolder, Path.Combine(CacheFolder, dataset.Name) }.FirstOrDefault(folder => new BuiltInFolder(dataset, folder).HoldsIdx);
    }

    // The XDG specification: a relative path is to be ignored.
    private static string UserCache =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache)
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
