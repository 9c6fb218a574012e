using System.CommandLine;
using System.Text.Json;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;
using Experiments.Reports;

namespace Experiments.Client.Control;

/// <summary><c>cancel</c>, <c>pause</c>, <c>resume</c> and <c>retry</c>, of an experiment or of a whole grid.</summary>
internal static class ControlVerbCommand
{
    public static Command Create(ControlVerb verb, string description)
    {
        string name = ControlText.Name(verb);
        var id = SharedOptions.GridOrExperiment();
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var command = new Command(name, description) { id, storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            string wanted = parsed.GetRequiredValue(id);
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), name, stop);
            var lookup = new GridLookup(session.Grains);
            var result = await lookup.FindGrid(wanted, stop) is { } grid
                ? await ControlGrid(grid, verb, wanted, output, stop)
                : await ControlExperiment(lookup, verb, wanted, output, stop);

            if (result.Changed > 0 && ControlText.GoesOn(verb) && !session.Trains)
            {
                output.Line("Nothing trains on the storage now: run the grid's file again to go on.");
            }

            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { result.Changed, result.Skipped }, JsonSerializerOptions.Web));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ControlResult> ControlGrid(IGridGrain grid, ControlVerb verb, string wanted, Output output, CancellationToken stop)
    {
        var result = await grid.Control(verb, experiment: null, stop) ?? throw GridLookup.NoGrid(wanted);
        output.Line(ControlText.Of(verb, wanted, result));
        return result;
    }

    private static async Task<ControlResult> ControlExperiment(GridLookup lookup, ControlVerb verb, string wanted, Output output, CancellationToken stop)
    {
        var (grid, experiment) = await lookup.FindExperimentInGrid(wanted, stop) ?? throw GridLookup.NoExperiment(wanted);
        var result = await grid.Control(verb, experiment, stop) ?? throw GridLookup.NoExperiment(wanted);
        if (result.Changed == 0)
        {
            throw new UsageException(ControlText.Refusal(verb, wanted, result.Status!.Value));
        }

        output.Line($"Experiment {wanted} is {ControlText.Of(result.Status!.Value)}.");
        return result;
    }
}
