using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Datasets;
using Experiments.Client.Sessions;
using Experiments.Client.Watching;
using Experiments.GridFiles;
using Experiments.Reports;

namespace Experiments.Client.Grids;

internal static class SubmitVerb
{
    public static Command Create()
    {
        var file = SharedOptions.GridFile();
        var set = SharedOptions.Set();
        var data = SharedOptions.Data();
        var dataLimit = DataLimit.Create();
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var watch = new Option<bool>("--watch") { Description = "Shows its progress until it ends" };
        var command = new Command("submit", "Adds a grid to a cluster, or to the run that is active on the storage") { file, set, data, dataLimit, storage, cluster, watch, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            var gridFile = GridFile.Load(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set));
            var target = Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster));
            long limit = DataLimit.Bytes(parsed.GetValue(dataLimit));
            var dataset = await GridSubmission.Load(gridFile, parsed.GetValue(data), output, stop);
            var definition = GridSubmission.Resolve(gridFile, dataset);

            await using var session = await Session.Open(target, $"submit {gridFile.Path}", stop);
            if (!session.Trains)
            {
                throw new UsageException($"Nothing trains on the storage '{target.Storage!.Folder}'. Start it with 'experiments run {gridFile.Path}'.");
            }

            var submitted = await GridSubmission.Submit(session.Grains, definition, dataset, limit, output, stop);
            output.Line(SubmitText.Of(submitted));
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { Grid = GridHead.Of(submitted.Grid), submitted.Created, submitted.Grid.Experiments }, ResultsJson.Options));
            }

            return parsed.GetValue(watch)
                ? await WatchVerb.Follow(session.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(definition.Name)), output, stop)
                : ExitCode.Done;
        });
        return command;
    }
}
