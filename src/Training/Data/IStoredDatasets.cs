namespace Experiments.Training.Data;

/// <summary>A storage that keeps packed datasets by their SHA-256, in chunks of <see cref="DatasetChunks.Bytes"/>.</summary>
public interface IStoredDatasets
{
    /// <returns>Bytes of the packed dataset; null where it is not there whole.</returns>
    Task<long?> GetLengthAsync(string sha256, CancellationToken cancellationToken);

    /// <returns>Null where the dataset is not there whole, or has no such chunk.</returns>
    Task<byte[]?> ReadChunkAsync(string sha256, int number, CancellationToken cancellationToken);

    /// <summary>Has the storage read a dataset that was found damaged, and remove it where it is, so that it can be sent again.</summary>
    Task VerifyAsync(string sha256, long length, CancellationToken cancellationToken);
}
