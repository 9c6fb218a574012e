using System.Collections.Immutable;
using System.Globalization;
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
    public static bool IsWanted(DatasetReference reference, Dataset dataset) =>
        reference.Files is not null || dataset.Sha256 != BuiltInDatasets.FashionMnist.Sha256;

    /// <returns>Whether the storage has it whole; else a delete of the last grid on the same data came between, or damage on the way.</returns>
    /// <exception cref="UsageException">The dataset is larger than the limit; nothing was sent.</exception>
    public async Task<bool> Send(CancellationToken stop)
    {
        if (await _grain.GetLength(stop) is not null)
        {
            return true;
        }

        if (_packed.Length > limit)
        {
            throw new UsageException(TooLarge());
        }

        var missing = await _grain.GetMissing(_packed.Length, stop);
        await using var progress = new UploadProgress(dataset.Name, _packed.Length, missing.Sum(number => (long)DatasetChunks.SizeOf(number, _packed.Length)), output);
        await Parallel.ForEachAsync(
            _packed.Chunks(missing.ToImmutableHashSet()),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (chunk, cancellation) =>
            {
                await _grain.Put(chunk.Number, chunk.Bytes, cancellation);
                progress.Sent(chunk.Bytes.Length);
            });
        return await _grain.Complete(_packed.Length, stop);
    }

    private string TooLarge() => string.Create(
        CultureInfo.InvariantCulture,
        $"Dataset {dataset.Name} is {_packed.Length / 1e9:0.######} GB, and at most {limit / 1e9:0.######} GB may be sent to the storage. Raise the limit with --data-limit {Math.Ceiling(_packed.Length / 1e8) / 10:0.#} (or EXPERIMENTS_DATA_LIMIT).");
}
