using System.Collections.Immutable;
using System.ComponentModel;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Snapshots;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>What the charts of a grid show.</summary>
internal static class ChartEndpoints
{
    public const string AfterDescription = "The version of an earlier answer to the same question: only what has changed since comes. All comes for a version that is not known.";

    public static void MapCharts(this RouteGroupBuilder grids)
    {
        grids.MapGet("/{grid}/curves", Curves).WithName("ShowCurves").WithSummary("Shows the curves of a grid's experiments as columns, or what has changed of them.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/parallel", Parallel).WithName("ShowParallel").WithSummary("Shows each experiment's varied keys, and what came of it, as a line through parallel axes.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/importance", Importance).WithName("ShowImportance").WithSummary("Shows what share of the variance of the test accuracies each varied key explains.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/effect", Effect).WithName("ShowEffect").WithSummary("Shows the test accuracy of each variant by its dropout rate, over its seeds.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/differences", Differences).WithName("ShowDifferences").WithSummary("Shows the F1 of each class of two variants, over their seeds.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        grids.MapGet("/{grid}/verdict", Verdict).WithName("ShowVerdict").WithSummary("Shows the test accuracy of each variant over its seeds, which is best, and whether that is more than noise.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Snapshot<CurvesChart>, ProblemHttpResult>> Curves(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(GridEndpoints.FilterDescription)] string? filter,
        [Description(GridEndpoints.SortDescription)] string? sort,
        [Description(GridEndpoints.OnlyDescription)] string? only,
        [Description(AfterDescription)] long? after,
        CancellationToken stop)
    {
        if (!GridEndpoints.TryRead(filter, sort, only, out var query, out var bad)) return bad;

        var (live, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        var rows = query.Of(view);
        return new Snapshot<CurvesChart>(await live!.Histories(view).Chart([.. rows.Take(CurvesQuery.Most)], after, stop));
    }

    private static async Task<Results<Snapshot<ParallelChart>, ProblemHttpResult>> Parallel(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(GridEndpoints.FilterDescription)] string? filter,
        [Description(GridEndpoints.SortDescription)] string? sort,
        [Description(GridEndpoints.OnlyDescription)] string? only,
        CancellationToken stop)
    {
        if (!GridEndpoints.TryRead(filter, sort, only, out var query, out var bad)) return bad;

        var (_, view, unknown) = await finder.View(grid, stop);
        return view is null ? unknown! : new Snapshot<ParallelChart>(ParallelChart.Of(Outcomes(view, query.Of(view))));
    }

    private static async Task<Results<Snapshot<ImportanceChart>, ProblemHttpResult>> Importance(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, CancellationToken stop)
    {
        var (_, view, unknown) = await finder.View(grid, stop);
        return view is null ? unknown! : new Snapshot<ImportanceChart>(ImportanceChart.Of(Outcomes(view, view.Rows)));
    }

    private static async Task<Results<Snapshot<EffectChart>, ProblemHttpResult>> Effect(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, CancellationToken stop)
    {
        var (_, view, unknown) = await finder.View(grid, stop);
        return view is null ? unknown! : new Snapshot<EffectChart>(EffectChart.Of(Outcomes(view, view.Rows)));
    }

    private static async Task<Results<Snapshot<DifferencesChart>, ProblemHttpResult>> Differences(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description("The name of the variant to begin with; the first of the grid without it.")] string? first,
        [Description("The name of the variant to compare with it; the second of the grid without it.")] string? second,
        CancellationToken stop)
    {
        var (live, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        ImmutableArray<string> variants = [.. view.Rows.Select(row => row.Variant).Distinct(StringComparer.Ordinal)];
        string before = first ?? variants[0], after = second ?? variants[Math.Min(1, variants.Length - 1)];
        if (variants.Contains(before) && variants.Contains(after))
            return new Snapshot<DifferencesChart>(DifferencesChart.Of(before, await live!.Reports(view, before, stop), after, await live.Reports(view, after, stop)));

        return TypedResults.Problem(
            statusCode: StatusCodes.Status400BadRequest,
            title: $"The grid has no variant '{GridFiles.Shown.Of(variants.Contains(before) ? after : before)}'.",
            detail: $"Its variants: {string.Join(", ", variants.Take(MostNames))}{(variants.Length > MostNames ? ", …" : "")}.");
    }

    private static async Task<Results<Snapshot<GridVerdict>, ProblemHttpResult>> Verdict(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, CancellationToken stop)
    {
        var (live, view, unknown) = await finder.View(grid, stop);
        return view is null ? unknown! : new Snapshot<GridVerdict>(await live!.Judge(view));
    }

    private const int MostNames = 50;

    private static ImmutableArray<ExperimentOutcome> Outcomes(GridView view, ImmutableArray<ExperimentRow> rows) =>
        [.. rows.Select(row => ExperimentOutcome.Of(row, view.Configs[row.Name]))];
}
