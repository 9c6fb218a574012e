using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Experiments.Dashboard.Datasets;
using Experiments.Dashboard.Snapshots;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

internal static class GridEndpoints
{
    public const string GridDescription = "A grid's name or id.";
    public const string FilterDescription = "Which experiments, such as: testAccuracy > 0.91 and tag:night. All without it.";
    public const string SortDescription = "What to sort by, such as testAccuracy, with a minus before it for the largest first; the order of the grid file without it.";
    public const string OnlyDescription = "Numbers of experiments in the grid, from 1, such as 1-5,8. All without it.";

    public static void MapGrids(this IEndpointRouteBuilder app)
    {
        var grids = app.MapGroup("/api/grids").WithTags("Grids").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        grids.MapGet("", List).WithName("ListGrids").WithSummary("Lists the grids of the cluster, page by page.").ProducesProblem(StatusCodes.Status400BadRequest);
        grids.MapGet("/{grid}", Show).WithName("ShowGrid").WithSummary("Shows a grid without its experiments.").ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/experiments", ListExperiments).WithName("ListExperiments").WithSummary("Lists a grid's experiments, a line for each, page by page.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapExperiment();
        grids.MapDataset();
        grids.MapCharts();
    }

    private static async Task<Results<Snapshot<PageOfGrids>, ProblemHttpResult>> List(
        GridFinder finder, [Description(Page.LimitDescription)] string? limit, [Description(Page.CursorDescription)] string? cursor, CancellationToken stop)
    {
        var registered = await finder.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        if (!Page.TryRead(registered, grid => grid.Id, limit, cursor, out var page, out var problem)) return problem;

        var overviews = await Task.WhenAll(page.Items.Select(grid => finder.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetOverview(stop)));
        return new Snapshot<PageOfGrids>(new PageOfGrids([.. overviews.OfType<GridOverview>()], page.NextCursor));
    }

    private static async Task<Results<Snapshot<GridOverview>, ProblemHttpResult>> Show(
        GridFinder finder, [Description(GridDescription)] string grid, CancellationToken stop)
    {
        var (found, unknown) = await finder.Find(grid, stop);
        if (found is null) return unknown!;

        return await found.GetOverview(stop) is { } overview ? new Snapshot<GridOverview>(overview) : Unknown.Grid(grid, []);
    }

    private static async Task<Results<Snapshot<PageOfExperiments>, ProblemHttpResult>> ListExperiments(
        GridFinder finder,
        [Description(GridDescription)] string grid,
        [Description(FilterDescription)] string? filter,
        [Description(SortDescription)] string? sort,
        [Description(OnlyDescription)] string? only,
        [Description(Page.LimitDescription)] string? limit,
        [Description(Page.CursorDescription)] string? cursor,
        CancellationToken stop)
    {
        if (!TryRead(filter, sort, only, out var query, out var bad)) return bad;

        var (_, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        return Page.TryRead(query.Of(view), experiment => experiment.Id, limit, cursor, out var page, out var problem)
            ? new Snapshot<PageOfExperiments>(new PageOfExperiments(page.Items, page.NextCursor))
            : problem;
    }

    /// <param name="problem">What to answer where the question cannot be read.</param>
    public static bool TryRead(string? filter, string? sort, string? only, [NotNullWhen(true)] out ExperimentQuery? query, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (query, problem) = (null, null);
        try
        {
            query = ExperimentQuery.Parse(filter, sort, only);
            return true;
        }
        catch (FilterException exception)
        {
            problem = TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The filter cannot be read.", detail: $"In {exception.Message}");
        }
        catch (ArgumentException exception)
        {
            problem = TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be read.", detail: exception.Message);
        }

        return false;
    }
}
