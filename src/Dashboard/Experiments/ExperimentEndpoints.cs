using System.ComponentModel;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Snapshots;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>What the screen of one experiment shows beside the experiment itself.</summary>
internal static class ExperimentEndpoints
{
    public const string ExperimentDescription = "An experiment's name or id.";

    public static void MapExperiment(this RouteGroupBuilder grids)
    {
        var experiment = grids.MapGroup("/{grid}/experiments/{experiment}").ProducesProblem(StatusCodes.Status404NotFound);
        experiment.MapGet("", Show).WithName("ShowExperiment").WithSummary("Shows all that is known of an experiment, as results.json does.");
        experiment.MapGet("/curves", Curves).WithName("ShowExperimentCurves").WithSummary("Shows an experiment's curves as columns, or what has changed of them.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        experiment.MapGet("/journal", Journal).WithName("ShowJournal").WithSummary("Shows the attempts at an experiment, and its log.");
        experiment.MapGet("/confusion", Confusion).WithName("ShowConfusion").WithSummary("Shows an experiment's confusion matrix; without classes until it is evaluated.");
        experiment.MapGet("/predictions", Predictions).WithName("ListPredictions")
            .WithSummary("Lists what an experiment says of test images: errors first, and of errors and of hits the most confident.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        experiment.MapGet("/model", Model).WithName("ShowModel").WithSummary("Shows the layers of the model that an experiment trains.");
        experiment.MapDownloads();
    }

    private static async Task<Results<Snapshot<ExperimentSnapshot>, ProblemHttpResult>> Show(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Find(grid, stop);
        if (found is null) return unknown!;
        if (await found.GetExperiment(experiment, stop) is { } shown) return new Snapshot<ExperimentSnapshot>(shown);

        return await NoSuch(found, grid, experiment, stop);
    }

    private static async Task<Results<Snapshot<CurvesChart>, ProblemHttpResult>> Curves(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(ExperimentDescription)] string experiment,
        [Description(ChartEndpoints.AfterDescription)] long? after,
        CancellationToken stop)
    {
        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        return found is null ? unknown! : new Snapshot<CurvesChart>(await found.Live.Histories(found.Grid).Chart([found.Row], after, stop));
    }

    private static async Task<Results<Snapshot<ExperimentJournal>, ProblemHttpResult>> Journal(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Find(grid, stop);
        if (found is null) return unknown!;
        if (await found.GetJournal(experiment, stop) is { } journal) return new Snapshot<ExperimentJournal>(journal);

        return await NoSuch(found, grid, experiment, stop);
    }

    private static async Task<Results<Snapshot<ConfusionChart>, ProblemHttpResult>> Confusion(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Find(grid, stop);
        if (found is null) return unknown!;
        if (await found.GetExperiment(experiment, stop) is { } shown) return new Snapshot<ConfusionChart>(ConfusionChart.Of(shown));

        return await NoSuch(found, grid, experiment, stop);
    }

    private static async Task<Results<Snapshot<PredictionPage>, ProblemHttpResult>> Predictions(
        GridFinder finder,
        [Description(GridEndpoints.GridDescription)] string grid,
        [Description(ExperimentDescription)] string experiment,
        [Description("true for those classified rightly, false for the others; both without it.")] string? correct,
        [Description("Number of the true class, from 0; all without it.")] string? label,
        [Description("Number of the class that they are taken for, from 0; all without it.")] string? predicted,
        [Description("How many of them to pass over; 0 without it.")] string? skip,
        [Description("Most images of the page: 1 to 1000; 16 without it.")] string? take,
        CancellationToken stop)
    {
        if (!PredictionsQuery.TryRead(correct, label, predicted, skip, take, out var query, out var bad)) return bad;

        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        if (found is null) return unknown!;

        return await finder.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(found.Row.Id)).GetPredictions(stop) is { } predictions
            ? new Snapshot<PredictionPage>(query.Selection.Page(predictions, query.Skip, query.Take))
            : Unknown.Results(found.Row.Name, "predictions", "They come when its training is over and it is evaluated.");
    }

    private static async Task<Results<Snapshot<ModelLayers>, ProblemHttpResult>> Model(
        GridFinder finder, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        return found is null
            ? unknown!
            : new Snapshot<ModelLayers>(ModelLayers.Of(await finder.Grains.GetGrain<IDatasetViewGrain>(0).SummarizeModel(found.Grid.Definition.Dataset, found.Config, stop)));
    }

    private static async Task<ProblemHttpResult> NoSuch(IGridGrain found, string grid, string experiment, CancellationToken stop) =>
        await found.GetSnapshot(since: 0, stop) is { } snapshot
            ? Unknown.Experiment(experiment, snapshot.Grid.Name, [.. snapshot.Experiments.Select(row => row.Name)])
            : Unknown.Grid(grid, []);
}
