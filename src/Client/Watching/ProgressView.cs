using Experiments.Client.Sessions;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Watching;

/// <summary>Shows a grid while it trains: redrawn on a terminal, else as a line for each thing that happens.</summary>
internal static class ProgressView
{
    /// <param name="warnings">Of the silo in this process, if there is one; shown in between.</param>
    /// <returns>The grid when nothing of it was pending or running any more.</returns>
    public static async Task<GridSnapshot> Follow(IGridGrain grid, Output output, WarningLog? warnings, CancellationToken stop)
    {
        GridSnapshot? last = null;
        if (output.IsPlain)
        {
            var lines = new ProgressLines(grid, output, new TimeLeft(TimeProvider.System));
            await foreach (var snapshot in GridWatch.Follow(grid, stop))
            {
                ShowWarnings();
                await lines.Show(last = snapshot, stop);
            }
        }
        else
        {
            var table = new ProgressTable(new TimeLeft(TimeProvider.System));
            await output.People.Live(new Spectre.Console.Text("")).StartAsync(async live =>
            {
                await foreach (var snapshot in GridWatch.Follow(grid, stop))
                {
                    ShowWarnings();
                    live.UpdateTarget(table.Of(last = snapshot, output.People.Profile.Height));
                }
            });
        }

        ShowWarnings();
        return last!;

        void ShowWarnings()
        {
            while (warnings?.TryTake(out string? line) == true)
            {
                output.Line(line);
            }
        }
    }
}
