using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Client.Results;

/// <summary>All that is known of a grid, fetched from its grains.</summary>
/// <param name="Comparison">Made of the other two.</param>
/// <param name="Predictions">By experiment id; of completed experiments alone.</param>
internal sealed record CollectedGrid(GridResults Results, ImmutableDictionary<string, Predictions> Predictions, GridComparison Comparison);

internal static class GridCollector
{
    private const int AtOnce = 32;

    /// <exception cref="UsageException">The grid is gone.</exception>
    public static async Task<CollectedGrid> Collect(IGrainFactory grains, IGridGrain grid, CancellationToken stop)
    {
        var snapshot = await grid.GetSnapshot(since: 0, stop) ?? throw new UsageException("The grid no longer exists.");
        var experiments = new List<ExperimentSnapshot>();
        var predictions = ImmutableDictionary.CreateBuilder<string, Predictions>();
        foreach (var rows in snapshot.Experiments.Chunk(AtOnce))
        {
            experiments.AddRange((await Task.WhenAll(rows.Select(row => grid.GetExperiment(row.Id, stop)))).OfType<ExperimentSnapshot>());
            foreach (var (row, predicted) in rows.Zip(await Task.WhenAll(rows.Select(row => PredictionsOf(grains, row, stop)))))
            {
                if (predicted is not null)
                {
                    predictions.Add(row.Id, predicted);
                }
            }
        }

        var results = new GridResults(snapshot.Grid, [.. experiments]);
        return new CollectedGrid(results, predictions.ToImmutable(), Comparisons.Of(results, predictions));
    }

    private static async Task<Predictions?> PredictionsOf(IGrainFactory grains, ExperimentRow row, CancellationToken stop) =>
        row.Status == ExperimentStatus.Completed
            ? await grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(row.Id)).GetPredictions(stop)
            : null;
}
