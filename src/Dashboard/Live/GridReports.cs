using System.Collections.Immutable;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>Classification reports of a grid's experiments, each asked for once.</summary>
internal sealed class GridReports(IClusterGrains cluster)
{
    private const int AtOnce = 32;

    private readonly KnownResults<ClassificationReport> _known = new();

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

    public void Forget() => _known.Forget();

    private Task<ClassificationReport?> Of(string grid, ExperimentRow row, CancellationToken stop) => _known.Of(row, async () =>
        (await cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid)).GetExperiment(row.Id, stop))?.ClassificationReport);
}
