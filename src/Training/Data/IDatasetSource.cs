namespace Experiments.Training.Data;

/// <summary>A place in the network that publishes a built-in dataset.</summary>
internal interface IDatasetSource
{
    /// <summary>For people: an address, or a package.</summary>
    string Name { get; }

    /// <summary>Writes the four IDX files, gzipped, into a folder that exists and is empty. Their content is the caller's to verify.</summary>
    /// <exception cref="DatasetException">It does not have them, or cannot be reached.</exception>
    Task FetchAsync(string folder, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken);
}
