using System.Collections.Concurrent;
using Experiments.Training.Data;

namespace Experiments.Grains.Execution;

/// <summary>The silo's datasets: one copy of each in memory, however many slots train on it.</summary>
public sealed class DatasetCatalog(DatasetLoader loader)
{
    private readonly ConcurrentDictionary<(string Name, string Sha256), Lazy<Task<Dataset>>> _datasets = [];
    private readonly ConcurrentDictionary<(string Sha256, SplitConfig Split), Lazy<DataSplit>> _splits = [];

    /// <exception cref="DatasetException">The data are missing, damaged, or not those that the reference names.</exception>
    public async Task<Dataset> Get(DatasetReference reference, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        if (reference is { Sha256: "", Files: not null })
        {
            // Files whose content is not known yet may be any, whatever their name.
            var read = await loader.LoadAsync(reference, progress, cancellationToken);
            return await _datasets.GetOrAdd((read.Name, read.Sha256), _ => new Lazy<Task<Dataset>>(Task.FromResult(read))).Value;
        }

        // Several wait for what one began to load: its going away is not theirs.
        var key = (reference.Name, reference.Sha256);
        var loading = _datasets.GetOrAdd(key, _ => new Lazy<Task<Dataset>>(() => loader.LoadAsync(reference, progress, CancellationToken.None)));
        try
        {
            var dataset = await loading.Value.WaitAsync(cancellationToken);
            _datasets.TryAdd((reference.Name, dataset.Sha256), loading);
            cancellationToken.ThrowIfCancellationRequested();
            return dataset;
        }
        catch when (loading.Value.IsFaulted || loading.Value.IsCanceled)
        {
            // The next one tries anew: the user may have mended the files.
            _datasets.TryRemove(new(key, loading));
            throw;
        }
    }

    /// <inheritdoc cref="Get(DatasetReference, IProgress{DatasetProgress}?, CancellationToken)"/>
    public async Task<TrainingSet> Get(DatasetReference reference, SplitConfig split, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        var dataset = await Get(reference, progress, cancellationToken);
        var divided = _splits.GetOrAdd(
            (dataset.Sha256, split), _ => new Lazy<DataSplit>(() => TrainTestSplit.Create(dataset.Train.Count, split.Validation, split.Seed)));
        return new TrainingSet(dataset, divided.Value);
    }
}
