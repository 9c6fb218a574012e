using System.Collections.Concurrent;
using System.Collections.Immutable;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>Classification reports of a grid's experiments, each asked for once.</summary>
internal sealed class GridReports(IClusterGrains cluster)
{
    private const int AtOnce = 32;

    private readonly ConcurrentDictionary<(string Id, int Epochs), ClassificationReport> _known = new();

    /// <returns>Those of the rows that have a test result, in their order.</returns>
    public async Task<ImmutableArray<ClassificationReport>> Of(string grid, IEnumerable<ExperimentRow> rows, CancellationToken stop)
    {
        var reports = new List<ClassificationReport>();
        foreach (var some in rows.Where(row => row.Test is not null).Chunk(AtOnce))
        {
            reports.AddRange((await Task.WhenAll(some.Select(row => Of(grid, row, stop)))).OfType<ClassificationReport>());
        }

        return [.. reports];
    }

    private async Task<ClassificationReport?> Of(string grid, ExperimentRow row, CancellationToken stop)
    {
        // More epochs make another report.
        var key = (row.Id, row.Last?.Epoch ?? 0);
        if (_known.TryGetValue(key, out var known)) return known;

        var snapshot = await cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid)).GetExperiment(row.Id, stop);
        return snapshot?.ClassificationReport is { } report ? _known[key] = report : null;
    }
}
