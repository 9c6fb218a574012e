using System.Collections.Immutable;
using Experiments.Training.Data;

namespace Experiments.Client.Datasets;

/// <summary>Sends a dataset to the storage: only the chunks that it has not got, so that a sending that was interrupted goes on where it was.</summary>
/// <param name="limit">Bytes of the largest dataset that is sent.</param>
internal sealed class DatasetUpload(IGrainFactory grains, Dataset dataset, long limit, Output output)
{
    private const int AtOnce = 4;

    private readonly IDatasetGrain _grain = grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(dataset.Sha256));
    private readonly PackedDataset _packed = new(dataset);

    /// <summary>Whether silos take the dataset from the storage; else each finds it by itself.</summary>
    /// <param name="reference">With the content's SHA-256.</param>
    public static bool IsWanted(DatasetReference reference) => reference.Files is not null || reference.Sha256 != BuiltInDatasets.FashionMnist.Sha256;

    /// <returns>Whether the storage has it whole; else a delete of the last grid on the same data came between, or damage on the way.</returns>
    /// <exception cref="UsageException">The dataset is larger than the limit; nothing was sent.</exception>
    public async Task<bool> Send(CancellationToken stop)
    {
        if (await _grain.GetLength(stop) is not null)
        {
            return true;
        }

        DataLimit.Check(dataset.Name, _packed.Length, limit);

        var missing = await _grain.GetMissing(_packed.Length, stop);
        await using var progress = UploadProgress.Start(dataset.Name, _packed.Length, missing.Sum(number => (long)DatasetChunks.SizeOf(number, _packed.Length)), output);
        await Parallel.ForEachAsync(
            _packed.Chunks(missing.ToImmutableHashSet()),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (chunk, cancellation) =>
            {
                await _grain.Put(chunk.Number, chunk.Bytes, cancellation);
                progress.Add(chunk.Bytes.Length);
            });
        return await _grain.Complete(_packed.Length, stop);
    }
}
