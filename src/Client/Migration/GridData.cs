using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Experiments.Client.Datasets;
using Experiments.Grains.Storage;
using Experiments.Grains.Storage.Migration;
using Experiments.Training.Data;

namespace Experiments.Client.Migration;

/// <summary>Brings the data that grids train on into the cluster's database, each content once.</summary>
/// <param name="folder">The user's --data.</param>
/// <param name="limit">Bytes of the largest dataset that is sent.</param>
internal sealed class GridData(IDatasetStore from, IDatasetStore to, string? folder, long limit, Output output)
{
    /// <summary>Each time, a delete of the last grid on the same data may have come between.</summary>
    private const int Attempts = 5;

    private readonly DatasetLoader _files = new(new DatasetOptions { DataFolder = folder });

    /// <returns>Where the cluster's silos find the data.</returns>
    /// <exception cref="DatasetException">The files are missing, damaged, or others by now.</exception>
    /// <exception cref="UsageException">The data are larger than the limit, or the database does not keep them.</exception>
    public async Task<DatasetReference> Bring(DatasetReference dataset, CancellationToken stop)
    {
        if (!DatasetUpload.IsWanted(dataset))
        {
            return dataset;
        }

        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await to.GetLengthAsync(dataset.Sha256, stop) is not null || await Send(dataset, stop))
            {
                return dataset.AsStored();
            }
        }

        throw new UsageException($"Dataset {dataset.Name}: the database does not keep what is sent. Check the network and the server's disk, and migrate again.");
    }

    private async Task<bool> Send(DatasetReference dataset, CancellationToken stop)
    {
        if (await from.GetLengthAsync(dataset.Sha256, stop) is { } length)
        {
            return await Send(dataset, length, missing => Stored(dataset, missing, stop), stop);
        }

        if (dataset.IsStored)
        {
            throw NotWhole(dataset);
        }

        var packed = new PackedDataset(await _files.LoadAsync(dataset, output.DatasetLines(), stop));
        DataLimit.Check(dataset.Name, packed.Length, limit);
        return await Send(dataset, packed.Length, missing => packed.Chunks(missing).ToAsyncEnumerable(), stop);
    }

    private async Task<bool> Send(
        DatasetReference dataset, long length, Func<ImmutableHashSet<int>, IAsyncEnumerable<(int Number, byte[] Bytes)>> chunks, CancellationToken stop)
    {
        var missing = Enumerable.Range(0, DatasetChunks.Count(length)).Except(await to.ListChunksAsync(dataset.Sha256, stop)).ToImmutableHashSet();
        await using var progress = UploadProgress.Start(dataset.Name, length, missing.Sum(number => (long)DatasetChunks.SizeOf(number, length)), output);
        await foreach (var (number, bytes) in chunks(missing).WithCancellation(stop))
        {
            await to.WriteChunkAsync(dataset.Sha256, number, bytes, stop);
            progress.Add(bytes.Length);
        }

        return await to.CompleteAsync(dataset.Sha256, length, stop);
    }

    private async IAsyncEnumerable<(int Number, byte[] Bytes)> Stored(
        DatasetReference dataset, ImmutableHashSet<int> missing, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (int number in missing.Order())
        {
            yield return (number, await from.ReadChunkAsync(dataset.Sha256, number, stop) ?? throw NotWhole(dataset));
        }
    }

    private static DatasetException NotWhole(DatasetReference dataset) => new($"dataset {dataset.Name}: the local storage does not hold it whole.");
}
