using System.ComponentModel;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Snapshots;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

internal static class GridEndpoints
{
    private const string GridDescription = "A grid's name or id.";

    public static void MapGrids(this IEndpointRouteBuilder app)
    {
        var grids = app.MapGroup("/api/grids").WithTags("Grids").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        grids.MapGet("", List).WithName("ListGrids").WithSummary("Lists the grids of the cluster, page by page.").ProducesProblem(StatusCodes.Status400BadRequest);
        grids.MapGet("/{grid}", Show).WithName("ShowGrid").WithSummary("Shows a grid without its experiments.").ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/experiments", ListExperiments).WithName("ListExperiments").WithSummary("Lists a grid's experiments, a line for each, page by page.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/experiments/{experiment}", ShowExperiment).WithName("ShowExperiment").WithSummary("Shows all that is known of an experiment, as results.json does.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Snapshot<GridPage>, ProblemHttpResult>> List(
        IClusterGrains cluster, [Description(Page.LimitDescription)] string? limit, [Description(Page.CursorDescription)] string? cursor, CancellationToken stop)
    {
        var registered = await cluster.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        if (!Page.TryRead(registered, grid => grid.Id, limit, cursor, out var page, out var problem)) return problem;

        var overviews = await Task.WhenAll(page.Items.Select(grid => cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetOverview(stop)));
        return new Snapshot<GridPage>(new GridPage([.. overviews.OfType<GridOverview>()], page.NextCursor));
    }

    private static async Task<Results<Snapshot<GridOverview>, ProblemHttpResult>> Show(
        IClusterGrains cluster, [Description(GridDescription)] string grid, CancellationToken stop)
    {
        var (found, unknown) = await Find(cluster, grid, stop);
        if (found is null) return unknown!;

        return await found.GetOverview(stop) is { } overview ? new Snapshot<GridOverview>(overview) : Unknown.Grid(grid, []);
    }

    private static async Task<Results<Snapshot<ExperimentPage>, ProblemHttpResult>> ListExperiments(
        IClusterGrains cluster,
        [Description(GridDescription)] string grid,
        [Description(Page.LimitDescription)] string? limit,
        [Description(Page.CursorDescription)] string? cursor,
        CancellationToken stop)
    {
        var (found, unknown) = await Find(cluster, grid, stop);
        if (found is null) return unknown!;
        if (await found.GetSnapshot(since: 0, stop) is not { } snapshot) return Unknown.Grid(grid, []);

        return Page.TryRead(snapshot.Experiments, experiment => experiment.Id, limit, cursor, out var page, out var problem)
            ? new Snapshot<ExperimentPage>(new ExperimentPage(page.Items, page.NextCursor))
            : problem;
    }

    private static async Task<Results<Snapshot<ExperimentSnapshot>, ProblemHttpResult>> ShowExperiment(
        IClusterGrains cluster, [Description(GridDescription)] string grid, [Description("An experiment's name or id.")] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await Find(cluster, grid, stop);
        if (found is null) return unknown!;
        if (await found.GetExperiment(experiment, stop) is { } shown) return new Snapshot<ExperimentSnapshot>(shown);

        return await found.GetSnapshot(since: 0, stop) is { } snapshot
            ? Unknown.Experiment(experiment, snapshot.Grid.Name, [.. snapshot.Experiments.Select(row => row.Name)])
            : Unknown.Grid(grid, []);
    }

    /// <returns>The grid, or what to answer where there is none.</returns>
    private static async Task<(IGridGrain? Found, ProblemHttpResult? Unknown)> Find(IClusterGrains cluster, string nameOrId, CancellationToken stop)
    {
        var all = await cluster.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        return GridName.Find(all, nameOrId) is { } found
            ? (cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(found.Name)), null)
            : (null, Unknown.Grid(nameOrId, [.. all.Select(grid => grid.Name)]));
    }
}
