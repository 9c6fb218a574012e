using System.Collections.Immutable;

namespace Experiments.Grains.Storage;

/// <summary>
/// The content of datasets by its SHA-256, in chunks of <see cref="DatasetChunks.Bytes"/>. A content is there whole or is not there; what came
/// of one that is half sent stays, for whoever goes on. It goes with the last grid that uses it (<see cref="IExperimentStore.RemoveGridAsync"/>).
/// A returned write is durable; a cancelled one was not begun.
/// Every method may throw <see cref="StorageFullException"/> or <see cref="StorageUnavailableException"/>.
/// </summary>
public interface IDatasetStore
{
    /// <returns>Bytes of the content; null where it is not there whole.</returns>
    Task<long?> GetLengthAsync(string sha256, CancellationToken cancellationToken = default);

    /// <returns>Numbers of the chunks that are there, ascending, also of a content that is half sent.</returns>
    Task<ImmutableArray<int>> ListChunksAsync(string sha256, CancellationToken cancellationToken = default);

    /// <summary>Writes a chunk, unless one of this number is there.</summary>
    Task WriteChunkAsync(string sha256, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>Reads all chunks, and declares the content to be there whole where their SHA-256 is right; where it is wrong, removes them.</summary>
    /// <returns>Whether the content is there whole.</returns>
    Task<bool> CompleteAsync(string sha256, long length, CancellationToken cancellationToken = default);

    /// <returns>Null where the content is not there whole, or has no such chunk.</returns>
    Task<byte[]?> ReadChunkAsync(string sha256, int number, CancellationToken cancellationToken = default);
}
