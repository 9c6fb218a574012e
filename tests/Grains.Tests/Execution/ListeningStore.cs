using System.Collections.Immutable;
using Experiments.Grains.Execution;
using Experiments.Grains.Storage;

namespace Experiments.Grains.Tests.Execution;

/// <summary>A storage of checkpoints that tells the name of each one written.</summary>
internal sealed class ListeningStore(ICheckpointStore store, Action<string> written) : ICheckpointStore
{
    public async Task WriteAsync(string experimentId, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await store.WriteAsync(experimentId, name, bytes, cancellationToken);
        if (CheckpointName.IsCheckpoint(name))
        {
            written(name);
        }
    }

    public Task<byte[]?> ReadAsync(string experimentId, string name, CancellationToken cancellationToken) => store.ReadAsync(experimentId, name, cancellationToken);

    public Task<ImmutableArray<CheckpointEntry>> ListAsync(string experimentId, CancellationToken cancellationToken) => store.ListAsync(experimentId, cancellationToken);

    public Task DeleteAsync(string experimentId, IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        store.DeleteAsync(experimentId, names, cancellationToken);
}
