using Experiments.Client.Dashboards;
using Experiments.Client.Datasets;
using Experiments.Client.Grids;
using Experiments.Client.Results;
using Experiments.Client.Sessions;
using Experiments.Client.Watching;
using Experiments.GridFiles;
using Experiments.Grains.Execution;
using Experiments.Reports;
using Experiments.Training.Data;
using Experiments.Training.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Running;

/// <summary>A grid on this machine from its file to its results: a silo in this process, submit, watch, report.</summary>
internal static class GridRun
{
    public static async Task<int> Run(RunOptions options, Output output, CancellationToken stop)
    {
        var file = GridFile.Load(options.File, options.Overrides);
        var results = ResultsFolder.Create(options.Output ?? Path.Combine("results", file.Definition.Name));
        var active = await ActiveStorage.Take(options.Storage, $"run {options.File}", stop);

        using var warnings = new WarningLog();
        await using var session = SessionHost.WithSilo(options.Storage, active, options.Slots, admitsOthers: true, options.Data, warnings);
        try
        {
            return await Run(file, session, results, warnings, options.ServesDashboard, output, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            output.Line("Stopping: each experiment writes a checkpoint. The same command goes on from there.");
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> Run(
        GridFile file, Session session, ResultsFolder results, WarningLog warnings, bool servesDashboard, Output output, CancellationToken stop)
    {
        // The data are read while the silo starts; what is wrong with them is found before anything is submitted.
        var datasets = session.Services.GetRequiredService<DatasetCatalog>();
        var loading = datasets.Get(file.Definition.Dataset, output.DatasetLines(), stop);
        await session.Start(stop);
        var dataset = await loading;
        var definition = GridSubmission.Resolve(file, dataset);
        var grid = session.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(definition.Name));
        var submitted = await GridSubmission.Submit(grid, definition, stop);
        output.Line(SubmitText.Of(submitted));
        await using var dashboard = servesDashboard ? await ServedDashboard.StartBeside(session.Grains, warnings, stop) : null;
        if (dashboard is not null) output.Line($"Dashboard: {dashboard.AddressOf(definition.Name)}");

        ShowModels(definition, dataset, output);

        await ProgressView.Follow(grid, output, warnings, stop);

        var collected = await GridCollector.Collect(session.Grains, grid, stop);
        await results.Write(collected, session.Grains, dataset, stop);
        ComparisonView.Show(collected, output);
        output.Line($"Results are in {results.Folder}.");
        foreach (string line in GoingOn.Of(definition.Name, collected.Results.Experiments.Select(experiment => experiment.Status), trainsElsewhere: false))
        {
            output.Line(line);
        }

        if (output.IsJson)
        {
            Output.Json(ResultsJson.Write(collected.Results));
        }

        await FollowOthers(session.Grains, output, warnings, stop);
        return collected.Results.Grid.Status == GridStatus.Completed ? ExitCode.Done : ExitCode.ExperimentFailed;
    }

    /// <summary>Grids that were submitted to this silo meanwhile are trained to their end too.</summary>
    private static async Task FollowOthers(IGrainFactory grains, Output output, WarningLog warnings, CancellationToken stop)
    {
        while (await Unfinished(grains, stop) is { } name)
        {
            output.Line($"Grid {name} was submitted meanwhile, and trains to its end.");
            await ProgressView.Follow(grains.GetGrain<IGridGrain>(GrainKeys.Grid(name)), output, warnings, stop);
        }
    }

    private static async Task<string?> Unfinished(IGrainFactory grains, CancellationToken stop)
    {
        foreach (var grid in await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop))
        {
            if (grid.IsServed && await grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetOverview(stop) is { Status: GridStatus.Running })
            {
                return grid.Name;
            }
        }

        return null;
    }

    /// <summary>One summary for each model, as the notebook prints them before it trains.</summary>
    private static void ShowModels(GridDefinition definition, Dataset dataset, Output output)
    {
        foreach (var experiment in definition.Experiments.DistinctBy(experiment => (experiment.Config.Model, experiment.Config.Dropout)).Take(MostModels))
        {
            output.Line();
            output.Line(ModelSummaryText.Of(experiment.Name, ModelSummary.Of(ModelConfig.LayersOf(experiment.Config), dataset.ImageSize, dataset.Classes.Length)));
        }
    }

    private const int MostModels = 2;
}
