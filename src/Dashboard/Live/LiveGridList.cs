using System.Collections.Immutable;
using Experiments.Dashboard.Connection;
using Experiments.Reports;

namespace Experiments.Dashboard.Live;

/// <summary>Every grid, the newest first.</summary>
/// <param name="Left">How long each that trains has still to, by its id, as far as can be told.</param>
/// <param name="ChangedAt">When the last change was heard of.</param>
internal sealed record GridList(ImmutableArray<GridOverview> Grids, ImmutableDictionary<string, TimeSpan> Left, DateTimeOffset ChangedAt);

internal sealed class LiveGridList(IClusterGrains cluster, TimeProvider time) : LiveView<GridList>(time)
{
    private readonly TimeProvider _time = time;
    private readonly TimeLeft _timeLeft = new(time);

    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<GridList?> Ask(GridList? known)
    {
        var names = await cluster.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(CancellationToken.None);
        var overviews = await Task.WhenAll(names.Select(grid => cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetProgress(CancellationToken.None)));
        ImmutableArray<GridOverview> grids = [.. overviews.OfType<GridOverview>().OrderByDescending(grid => grid.SubmittedAt)];
        var left = grids.Select(grid => (grid.Id, Left: _timeLeft.Of(grid))).Where(grid => grid.Left is not null).ToImmutableDictionary(grid => grid.Id, grid => grid.Left!.Value);
        return known is not null && IsSame(known.Grids, grids) ? known : new GridList(grids, left, _time.GetUtcNow());
    }

    /// <summary>Datasets never change under a grid's id, and their records do not compare by value.</summary>
    private static bool IsSame(ImmutableArray<GridOverview> known, ImmutableArray<GridOverview> grids) =>
        known.SequenceEqual(grids, EqualityComparer<GridOverview>.Create((left, right) => left!.Id == right!.Id && left == right with { Dataset = left.Dataset }));
}
