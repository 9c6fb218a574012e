using System.Collections.Immutable;

namespace Experiments.Grains.Storage;

/// <summary>
/// Checkpoints by experiment and name. A returned write is durable; a cancelled one was not begun.
/// Every method may throw <see cref="StorageFullException"/> or <see cref="StorageUnavailableException"/>.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Writes a checkpoint whole or not at all, in place of one of the same name.</summary>
    Task WriteAsync(string experimentId, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <returns>The bytes as they were written; null if there is no checkpoint of this name.</returns>
    /// <exception cref="DamagedCheckpointException">Length or SHA-256 differ from what was written.</exception>
    Task<byte[]?> ReadAsync(string experimentId, string name, CancellationToken cancellationToken = default);

    /// <returns>An experiment's checkpoints in the order of their names' bytes.</returns>
    Task<ImmutableArray<CheckpointEntry>> ListAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Deletes those of the named checkpoints that exist.</summary>
    Task DeleteAsync(string experimentId, IReadOnlyCollection<string> names, CancellationToken cancellationToken = default);
}
