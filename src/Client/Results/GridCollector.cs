using Experiments.Reports;

namespace Experiments.Client.Results;

/// <summary>All that is known of a grid but for weights and predictions, which are fetched where they are written.</summary>
/// <param name="Comparison">Made of the results.</param>
internal sealed record CollectedGrid(GridResults Results, GridComparison Comparison);

internal static class GridCollector
{
    private const int AtOnce = 32;

    /// <summary>Each takes a silo some tenths of a megabyte.</summary>
    private const int PredictionsAtOnce = 4;

    /// <exception cref="UsageException">The grid is gone.</exception>
    public static async Task<CollectedGrid> Collect(IGrainFactory grains, IGridGrain grid, CancellationToken stop)
    {
        var snapshot = await grid.GetSnapshot(since: 0, stop) ?? throw new UsageException("The grid no longer exists.");
        var experiments = new List<ExperimentSnapshot>();
        foreach (var rows in snapshot.Experiments.Chunk(AtOnce))
        {
            experiments.AddRange((await Task.WhenAll(rows.Select(row => grid.GetExperiment(row.Id, stop)))).OfType<ExperimentSnapshot>());
        }

        var results = new GridResults(snapshot.Grid, [.. experiments]);
        var correctness = new Dictionary<string, Correctness>();
        foreach (string[] ids in Comparisons.DecidedByImages(results).Chunk(PredictionsAtOnce))
        {
            foreach (var (id, predictions) in ids.Zip(await Task.WhenAll(ids.Select(id => grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(id)).GetPredictions(stop)))))
            {
                if (predictions is not null)
                {
                    correctness.Add(id, Correctness.Of(predictions));
                }
            }
        }

        return new CollectedGrid(results, Comparisons.Of(results, correctness));
    }
}
