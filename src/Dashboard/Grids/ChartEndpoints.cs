using System.ComponentModel;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Snapshots;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>What the charts of a grid show.</summary>
internal static class ChartEndpoints
{
    public static void MapCharts(this RouteGroupBuilder grids)
    {
        grids.MapGet("/{grid}/curves", Curves).WithName("ShowCurves").WithSummary("Shows the curves of a grid's experiments as columns, or what has changed of them.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Snapshot<CurvesChart>, ProblemHttpResult>> Curves(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(GridEndpoints.FilterDescription)] string? filter,
        [Description(GridEndpoints.SortDescription)] string? sort,
        [Description(GridEndpoints.OnlyDescription)] string? only,
        [Description("The version of an earlier answer to the same question: only what has changed since comes. All comes for a version that is not known.")] long? after,
        CancellationToken stop)
    {
        if (!GridEndpoints.TryRead(filter, sort, only, out var query, out var bad)) return bad;

        var (live, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        var rows = query.Of(view);
        return new Snapshot<CurvesChart>(await live.Histories(view).Chart([.. rows.Take(CurvesQuery.Most)], after, stop));
    }
}
