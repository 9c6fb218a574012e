using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Grids;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Shell;
using Experiments.Dashboard.Snapshots;
using Experiments.GridFiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Datasets;

/// <summary>What a grid's data are.</summary>
internal static class DatasetEndpoints
{
    private const string SplitDescription = "Number of one of the grid's splits, from 1; the first without it.";

    public static void MapDataset(this RouteGroupBuilder grids)
    {
        var dataset = grids.MapGroup("/{grid}/dataset").WithTags("Datasets").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        dataset.MapGet("", Show).WithName("ShowDataset").WithSummary("Shows a grid's data, and how a split divides them.");
        dataset.MapGet("/distribution", Distribution).WithName("ShowDistribution").WithSummary("Shows how many images of each class are trained on, kept for validation, and for the test.");
        dataset.MapPictures();
    }

    private static async Task<Results<Snapshot<GridDataset>, ProblemHttpResult>> Show(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(SplitDescription)] string? split, CancellationToken stop)
    {
        var (_, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        return TryRead(view, split, out var chosen, out var all, out var bad) ? new Snapshot<GridDataset>(await Read(finder, view, chosen, all, stop)) : bad;
    }

    private static async Task<Results<Snapshot<DistributionChart>, ProblemHttpResult>> Distribution(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(SplitDescription)] string? split, CancellationToken stop)
    {
        var (_, view, unknown) = await finder.View(grid, stop);
        if (view is null) return unknown!;

        return TryRead(view, split, out var chosen, out var all, out var bad) ? new Snapshot<DistributionChart>((await Read(finder, view, chosen, all, stop)).ToChart()) : bad;
    }

    private static async Task<GridDataset> Read(GridFinder finder, GridView view, GridSplit split, ImmutableArray<GridSplit> all, CancellationToken stop)
    {
        var dataset = view.Definition.Dataset;
        return GridDataset.Of(await finder.Grains.GetGrain<IDatasetViewGrain>(0).Summarize(dataset, split.ToConfig(), stop), dataset, split, all);
    }

    private static bool TryRead(GridView view, string? text, [NotNullWhen(true)] out GridSplit? split, out ImmutableArray<GridSplit> all, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        all = GridSplit.AllOf(view.Definition);
        (split, problem) = (null, null);
        if (string.IsNullOrEmpty(text)) split = all[0];
        else if (WholeNumber.Read(text, 1, all.Length) is { } number) split = all[number - 1];
        else problem = TypedResults.Problem(
            statusCode: StatusCodes.Status400BadRequest,
            title: $"The grid has no split '{Shown.Of(text)}'.",
            detail: FormattableString.Invariant($"Give a number from 1 to {all.Length}, or leave it out for the first."));
        return split is not null;
    }
}
