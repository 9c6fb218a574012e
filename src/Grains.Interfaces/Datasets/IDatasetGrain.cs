using System.Collections.Immutable;

namespace Experiments;

/// <summary>
/// The content of one dataset in the storage. Its key is <see cref="GrainKeys.Dataset"/> of the SHA-256, which whatever arrives must have.
/// It keeps nothing of its own, and each verb may be repeated: any silo answers it.
/// </summary>
[Alias("Experiments.IDatasetGrain")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <returns>Bytes of the content; null where it is not there whole.</returns>
    [Alias("GetLength")]
    Task<long?> GetLength(CancellationToken cancellationToken);

    /// <returns>Numbers of the chunks that are still to be put, ascending.</returns>
    /// <param name="length">Bytes of the whole content.</param>
    [Alias("GetMissing")]
    Task<ImmutableArray<int>> GetMissing(long length, CancellationToken cancellationToken);

    /// <summary>Stores one chunk, of at most <see cref="DatasetChunks.Bytes"/>; one that is there already stays.</summary>
    [Alias("Put")]
    Task Put(int number, byte[] chunk, CancellationToken cancellationToken);

    /// <summary>Verifies the SHA-256 over all chunks. Chunks of a content that is another one are removed.</summary>
    /// <returns>Whether the content is there whole from now on; else <see cref="GetMissing"/> says what is to be put.</returns>
    [ResponseTimeout("00:05:00"), Alias("Complete")]
    Task<bool> Complete(long length, CancellationToken cancellationToken);

    /// <returns>Null where the content is not there whole, or has no such chunk.</returns>
    [Alias("Read")]
    Task<byte[]?> Read(int number, CancellationToken cancellationToken);
}
