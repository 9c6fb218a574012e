using System.CommandLine;
using Experiments.Client.Grids;
using Experiments.Client.Sessions;

namespace Experiments.Client.Watching;

internal static class WatchVerb
{
    public static Command Create()
    {
        var id = new Argument<string>("GRID") { Description = "A grid's name or id" };
        var storage = SharedOptions.Storage();
        var cluster = SharedOptions.Cluster();
        var command = new Command("watch", "Shows a grid's progress until it ends") { id, storage, cluster };
        command.SetAction(async (parsed, stop) =>
        {
            await using var session = await Session.Open(Target.Of(parsed.GetValue(storage), parsed.GetValue(cluster)), "watch", stop);
            var grid = await new GridLookup(session.Grains).Grid(parsed.GetRequiredValue(id), stop);
            if (!session.Trains && await grid.GetOverview(stop) is { Status: GridStatus.Running } waiting)
            {
                throw new UsageException($"Nothing trains grid {waiting.Name}: {waiting.Completed} of {waiting.Experiments} experiments are completed. Run its file again to go on.");
            }

            return await Follow(grid, new Output(json: false), stop);
        });
        return command;
    }

    /// <summary>Shows the grid until it ends, and says how it goes on where it has not completed.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Follow(IGridGrain grid, Output output, CancellationToken stop)
    {
        var ended = await ProgressView.Follow(grid, output, warnings: null, stop);
        foreach (string line in GoingOn.Of(ended.Grid.Name, ended.Experiments.Select(row => row.Status), trainsElsewhere: true))
        {
            output.Line(line);
        }

        return ended.Grid.Status == GridStatus.Completed ? ExitCode.Done : ExitCode.ExperimentFailed;
    }
}
