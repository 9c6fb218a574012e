using System.Collections.Concurrent;
using Experiments.Dashboard.Connection;
using Experiments.GridFiles;

namespace Experiments.Dashboard.Submitting;

/// <summary>What silos know of data that grid files name: the dashboard has none of its own.</summary>
internal sealed class DatasetContents(IClusterGrains cluster, TimeProvider time)
{
    /// <summary>A text is checked as it is typed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int MostKept = 100;

    private readonly ConcurrentDictionary<(string Name, string Sha256), (DatasetSummary Summary, long Since)> _known = new();

    /// <summary>The file's dataset with SHA-256 and number of training images, as the command line submits it, and what is in it.</summary>
    /// <exception cref="GridFileException">No silo can read the data, or they are others than the file says.</exception>
    public async Task<(DatasetReference Dataset, DatasetSummary Summary)> Resolve(GridFile file, CancellationToken stop)
    {
        var dataset = file.Definition.Dataset;
        var summary = await Summarize(file, dataset, stop);
        if (dataset.Files is { Classes: var classes } && !classes.SequenceEqual(summary.Classes))
            throw file.RefuseDataset($"the data of this SHA-256 have the classes [{string.Join(", ", summary.Classes)}]; write those.");

        if (dataset.Files?.ImageSize is { } size && size != summary.ImageSize)
            throw file.RefuseDataset(FormattableString.Invariant($"the data of this SHA-256 have images of [{summary.ImageSize.Height}, {summary.ImageSize.Width}]; leave imageSize out."));

        return (dataset with { Sha256 = summary.Sha256, TrainImages = summary.Train.Sum() + summary.Validation.Sum() }, summary);
    }

    private async Task<DatasetSummary> Summarize(GridFile file, DatasetReference dataset, CancellationToken stop)
    {
        var key = (dataset.Name, dataset.Sha256);
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.Since) < Lifetime) return known.Summary;

        try
        {
            var summary = await cluster.Grains.GetGrain<IDatasetViewGrain>(0).Summarize(dataset, new SplitConfig(), stop);
            if (_known.Count >= MostKept) _known.Clear();
            _known[key] = (summary, time.GetTimestamp());
            return summary;
        }
        catch (DatasetUnreadableException exception)
        {
            throw file.RefuseDataset(exception.Message);
        }
    }
}
