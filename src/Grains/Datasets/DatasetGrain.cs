using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Orleans.Concurrency;

namespace Experiments.Grains.Datasets;

/// <summary>The storage of a dataset, to be reached from other processes: on whatever silo is asked, and any number of calls at once.</summary>
[StatelessWorker, Reentrant]
internal sealed class DatasetGrain(IDatasetStore store) : Grain, IDatasetGrain
{
    private string Sha256 => this.GetPrimaryKeyString()[GrainKeys.Dataset("").Length..];

    public Task<long?> GetLength(CancellationToken cancellationToken) => store.GetLengthAsync(Sha256, cancellationToken);

    public async Task<ImmutableArray<int>> GetMissing(long length, CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, DatasetChunks.Count(length)).Except(await store.ListChunksAsync(Sha256, cancellationToken))];

    public Task Put(int number, byte[] chunk, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Length, DatasetChunks.Bytes);
        return store.WriteChunkAsync(Sha256, number, chunk, cancellationToken);
    }

    public Task<bool> Complete(long length, CancellationToken cancellationToken) => store.CompleteAsync(Sha256, length, cancellationToken);

    public Task<byte[]?> Read(int number, CancellationToken cancellationToken) => store.ReadChunkAsync(Sha256, number, cancellationToken);
}
