using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Client.Sessions;
using Experiments.Client.Watching;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Results;

internal static class ListVerb
{
    public static Command Create()
    {
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var command = new Command("list", "Lists the grids of the storage or the cluster") { storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            var target = Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster));
            await using var session = await Session.Open(target, "list", stop);
            var names = await session.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
            var overviews = await Task.WhenAll(names.Select(grid => session.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).GetOverview(stop)));
            GridOverview[] grids = [.. overviews.OfType<GridOverview>()];
            long storageBytes = await session.Grains.GetGrain<IStorageGrain>(0).Measure(stop);
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { grids, storageBytes }, ResultsJson.Options));
            }
            else
            {
                Show(grids, target, output);
                output.Line($"Storage: {Figures.Bytes(storageBytes)}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(GridOverview[] grids, Target target, Output output)
    {
        if (grids.Length == 0)
        {
            output.Line(target.Storage is { } storage
                ? $"The storage '{storage.Folder}' holds no grid. Start with 'experiments run examples/quickstart.yaml'."
                : "The cluster holds no grid. Start with 'experiments submit examples/quickstart.yaml'.");
            return;
        }

        string[] tags = AnnotationText.Header(grids.Select(grid => grid.Annotation));
        var table = OutputTable.Of(texts: 3 + tags.Length, ["Grid", "Id", "Status", .. tags, "Completed", "Failed", "Stored", "Submitted", "Ended"]);
        foreach (var grid in grids)
        {
            table.AddRow(
            [
                Markup.Escape(grid.Name), grid.Id, grid.Status.ToString(), .. tags.Select(_ => AnnotationText.Cell(grid.Annotation)),
                string.Create(CultureInfo.InvariantCulture, $"{grid.Completed:N0} of {grid.Experiments:N0}"),
                Figures.Count(grid.Failed), Figures.Bytes(grid.StoredBytes),
                Figures.Time(grid.SubmittedAt), Figures.Time(grid.CompletedAt),
            ]);
        }

        output.People.Write(table);
    }
}
