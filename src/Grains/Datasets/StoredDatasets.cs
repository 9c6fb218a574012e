using Experiments.Training.Data;

namespace Experiments.Grains.Datasets;

/// <summary>The storage's datasets, for a silo and for a client alike.</summary>
public sealed class StoredDatasets(IGrainFactory grains) : IStoredDatasets
{
    public Task<long?> GetLengthAsync(string sha256, CancellationToken cancellationToken) => Dataset(sha256).GetLength(cancellationToken);

    public Task<byte[]?> ReadChunkAsync(string sha256, int number, CancellationToken cancellationToken) => Dataset(sha256).Read(number, cancellationToken);

    public Task VerifyAsync(string sha256, long length, CancellationToken cancellationToken) => Dataset(sha256).Complete(length, cancellationToken);

    private IDatasetGrain Dataset(string sha256) => grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(sha256));
}
