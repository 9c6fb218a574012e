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

    private readonly KnownResults<Correctness> _known = new();

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

    public void Forget() => _known.Forget();

    private Task<Correctness?> Of(ExperimentRow row, CancellationToken stop) => _known.Of(row, async () =>
        await cluster.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(row.Id)).GetPredictions(stop) is { } predictions ? Correctness.Of(predictions) : null);
}
