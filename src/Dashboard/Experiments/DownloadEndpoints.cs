using System.ComponentModel;
using System.Text;
using Experiments.Dashboard.Snapshots;
using Experiments.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>What an experiment gives to other tools, as files.</summary>
internal static class DownloadEndpoints
{
    private const string Csv = "text/csv; charset=utf-8", Safetensors = "application/octet-stream";

    public static void MapDownloads(this RouteGroupBuilder experiment)
    {
        experiment.MapGet("/history.csv", History).WithName("DownloadHistory").WithSummary("Downloads the epoch history as CSV.").Produces<Stream>(contentType: "text/csv");
        experiment.MapGet("/predictions.csv", Predictions).WithName("DownloadPredictions").WithSummary("Downloads what the weights of the last epoch, or of the best where they are restored, say of each test image, as CSV.")
            .Produces<Stream>(contentType: "text/csv");
        experiment.MapGet("/weights.safetensors", LastWeights).WithName("DownloadWeights").WithSummary("Downloads the weights of the last epoch, or of the best where they are restored, in the layout of the plain PyTorch model.")
            .Produces<Stream>(contentType: Safetensors);
        experiment.MapGet("/best.safetensors", BestWeights).WithName("DownloadBestWeights").WithSummary("Downloads the weights of the best epoch: that of the lowest validation loss, unless the experiment monitors the accuracy.")
            .Produces<Stream>(contentType: Safetensors);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> History(
        GridFinder finder, HttpContext context, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentEndpoints.ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        if (found is null) return unknown!;

        // An experiment that no slot has taken has no state of its own, and no epoch.
        var history = await Grain(finder, found).GetSnapshot(stop) is { } snapshot ? snapshot.History : [];
        return Download(context, found, Encoding.UTF8.GetBytes(HistoryCsv.Write(history)), Csv, "history.csv");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Predictions(
        GridFinder finder, HttpContext context, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentEndpoints.ExperimentDescription)] string experiment, CancellationToken stop)
    {
        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        if (found is null) return unknown!;

        return await Grain(finder, found).GetPredictions(stop) is { } predictions
            ? Download(context, found, Encoding.UTF8.GetBytes(PredictionsCsv.Write(predictions)), Csv, "predictions.csv")
            : Unknown.Results(found.Row.Name, "predictions", "They come when its training is over and it is evaluated.");
    }

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> LastWeights(
        GridFinder finder, HttpContext context, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentEndpoints.ExperimentDescription)] string experiment, CancellationToken stop) =>
        Weights(finder, context, grid, experiment, best: false, stop);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> BestWeights(
        GridFinder finder, HttpContext context, [Description(GridEndpoints.GridDescription)] string grid, [Description(ExperimentEndpoints.ExperimentDescription)] string experiment, CancellationToken stop) =>
        Weights(finder, context, grid, experiment, best: true, stop);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Weights(
        GridFinder finder, HttpContext context, string grid, string experiment, bool best, CancellationToken stop)
    {
        var (found, unknown) = await finder.Experiment(grid, experiment, stop);
        if (found is null) return unknown!;

        return await Grain(finder, found).GetWeights(best, stop) is { } weights
            ? Download(context, found, weights, Safetensors, best ? "best.safetensors" : "weights.safetensors")
            : Unknown.Results(found.Row.Name, "weights", "They come with its first epoch.");
    }

    private static IExperimentGrain Grain(GridFinder finder, FoundExperiment found) => finder.Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(found.Row.Id));

    /// <summary>Names of grids and experiments are names of files too; see <see cref="GridDefinition.Name"/>.</summary>
    private static FileContentHttpResult Download(HttpContext context, FoundExperiment found, byte[] content, string type, string kind)
    {
        context.Response.GetTypedHeaders().CacheControl = new() { Private = true, NoCache = true };
        return TypedResults.File(content, type, $"{found.Grid.Grid.Name}-{found.Row.Name}-{kind}", entityTag: ContentTag.Of(content));
    }
}
