using System.Collections.Concurrent;
using System.Collections.Immutable;
using Experiments.Dashboard.Connection;
using Experiments.Reports;

namespace Experiments.Dashboard.Live;

/// <summary>Which variant of a grid is best, and whether that is noise. Single seeds are compared by their predictions, which are asked for once.</summary>
internal sealed class GridJudge(IClusterGrains cluster)
{
    /// <summary>Each takes a silo some tenths of a megabyte.</summary>
    private const int PredictionsAtOnce = 4;

    private readonly ConcurrentDictionary<(string Id, int Epochs), Correctness> _known = new();

    public async Task<GridVerdict> Judge(ImmutableArray<ExperimentRow> rows, CancellationToken stop)
    {
        var wanted = GridVerdict.DecidedByImages(rows).ToHashSet(StringComparer.Ordinal);
        var correctness = new ConcurrentDictionary<string, Correctness>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            rows.Where(row => wanted.Contains(row.Id)),
            new ParallelOptions { MaxDegreeOfParallelism = PredictionsAtOnce, CancellationToken = stop },
            async (row, cancellation) =>
            {
                if (await Of(row, cancellation) is { } known) correctness[row.Id] = known;
            });
        return GridVerdict.Of(rows, correctness);
    }

    private async Task<Correctness?> Of(ExperimentRow row, CancellationToken stop)
    {
        // More epochs make other predictions.
        var key = (row.Id, row.Last?.Epoch ?? 0);
        if (_known.TryGetValue(key, out var known)) return known;

        return await cluster.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(row.Id)).GetPredictions(stop) is { } predictions
            ? _known[key] = Correctness.Of(predictions)
            : null;
    }
}
