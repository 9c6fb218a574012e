using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;

namespace Experiments.Client.Control;

internal static class DeleteVerb
{
    public static Command Create()
    {
        var id = new Argument<string>("GRID") { Description = "A grid's name or id" };
        var yes = new Option<bool>("--yes") { Description = "Deletes without asking" };
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var json = SharedOptions.Json();
        var command = new Command("delete", "Deletes a grid that has ended, with all that is stored of it, and frees its name") { id, yes, storage, cluster, json };
        command.SetAction(async (parsed, stop) =>
        {
            var output = new Output(parsed.GetValue(json));
            string wanted = parsed.GetRequiredValue(id);
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "delete", stop);
            var lookup = new GridLookup(session.Grains);
            var (grid, gridId) = await lookup.FindRegistered(wanted, stop) ?? throw await NoGrid(lookup, wanted, stop);

            // None where an earlier delete was interrupted: that is finished without asking again.
            var overview = await grid.GetOverview(stop);
            if (overview is not null && !parsed.GetValue(yes) && !Confirmed(overview))
            {
                output.Line("Nothing is deleted.");
                return ExitCode.Done;
            }

            int unfinished = await grid.Delete(gridId, stop);
            if (unfinished > 0)
            {
                throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Grid '{wanted}' has {unfinished:N0} unfinished {(unfinished == 1 ? "experiment" : "experiments")}. Cancel first: 'experiments cancel {wanted}'."));
            }

            output.Line($"Grid {wanted} is deleted.");
            if (output.IsJson)
            {
                Output.Json(JsonSerializer.Serialize(new { Changed = overview?.Experiments ?? 0, Skipped = 0 }, JsonSerializerOptions.Web));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<UsageException> NoGrid(GridLookup lookup, string wanted, CancellationToken stop) =>
        await lookup.FindExperiment(wanted, stop) is null
            ? GridLookup.NoGrid(wanted)
            : new UsageException($"'{wanted}' is one experiment, and a grid is deleted whole: delete its grid, or end its training with 'experiments cancel {wanted}'.");

    /// <exception cref="UsageException">There is nobody to ask.</exception>
    private static bool Confirmed(GridOverview grid)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException($"Deleting grid '{grid.Name}' cannot be undone, and there is no terminal to ask at: add --yes.");
        }

        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"Delete grid {grid.Name} ({grid.Id}) with the histories and weights of its {grid.Experiments:N0} experiments? [y/N] "));
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
