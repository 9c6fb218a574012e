using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;
using Experiments.Reports;

namespace Experiments.Client.Results;

internal static class ShowVerb
{
    public static Command Create()
    {
        var id = SharedOptions.GridOrExperiment();
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var log = new Option<bool>("--log") { Description = "What has become of an experiment instead: its attempts, and what happened beside the epochs" };
        var command = new Command("show", "Shows all that is known of a grid or an experiment") { id, log, storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "show", stop);
            var lookup = new GridLookup(session.Grains);
            string wanted = parsed.GetRequiredValue(id);
            if (parsed.GetValue(log))
            {
                var journal = await lookup.Journal(wanted, stop);
                JournalView.Show(journal, output);
                WriteJson(() => JsonSerializer.Serialize(journal, ResultsJson.Options));
            }
            else if (await lookup.FindGrid(wanted, stop) is not { } grid)
            {
                var experiment = await lookup.Experiment(wanted, stop);
                ExperimentView.Show(experiment, output);
                WriteJson(() => ResultsJson.Write(experiment));
            }
            else if (output.IsJson)
            {
                var collected = await GridCollector.Collect(session.Grains, grid, stop);
                WriteJson(() => ResultsJson.Write(collected.Results));
            }
            else
            {
                GridView.Show(await grid.GetSnapshot(since: 0, stop) ?? throw GridLookup.NoGrid(wanted), output);
            }

            return ExitCode.Done;

            void WriteJson(Func<string> write)
            {
                if (output.IsJson)
                {
                    Output.Json(write());
                }
            }
        });
        return command;
    }
}
