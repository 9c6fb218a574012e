using System.Globalization;
using Experiments.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.Client.Watching;

/// <summary>A bar for each experiment, as many as the terminal has lines for: those that train first.</summary>
internal sealed class ProgressTable(TimeLeft timeLeft)
{
    private const int BarWidth = 20;
    private const int LinesAround = 7;

    /// <param name="height">Of the terminal, in lines.</param>
    public IRenderable Of(GridSnapshot snapshot, int height)
    {
        var rows = snapshot.Experiments;
        int room = Math.Max(3, height - LinesAround);
        var shown = rows.Length <= room ? rows : [.. rows.OrderBy(row => Order(row.Status)).Take(room)];

        var table = OutputTable.Of(texts: 2, "Experiment", "", "Epoch", "Train loss", "Accuracy", "Validation loss", "Accuracy", "Images/s", "Left");
        foreach (var row in shown)
        {
            table.AddRow(
                Markup.Escape(row.Name),
                Bar(row),
                string.Create(CultureInfo.InvariantCulture, $"{row.Progress?.Epoch ?? row.Last?.Epoch ?? 0}/{row.Epochs}"),
                Figures.Metric(row.Progress?.Loss ?? row.Last?.TrainLoss),
                Figures.Metric(row.Progress?.Accuracy ?? row.Last?.TrainAccuracy),
                Figures.Metric(row.Last?.ValidationLoss),
                Figures.Metric(row.Last?.ValidationAccuracy),
                row.Progress is { } progress ? Figures.Count(progress.ImagesPerSecond) : Figures.None,
                State(row));
        }

        return new Rows(table, new Markup(Summary(snapshot, hidden: rows.Length - shown.Length)));
    }

    private static int Order(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Running => 0,
        ExperimentStatus.Failed or ExperimentStatus.Paused => 1,
        ExperimentStatus.Pending => 2,
        _ => 3,
    };

    private static string Bar(ExperimentRow row)
    {
        double done = row.Status == ExperimentStatus.Completed ? 1 : TimeLeft.EpochsDone(row) / row.Epochs;
        int filled = Math.Clamp((int)Math.Round(done * BarWidth), 0, BarWidth);
        string colour = row.Status switch
        {
            ExperimentStatus.Completed => "green",
            ExperimentStatus.Failed => "red",
            ExperimentStatus.Running => "blue",
            _ => "grey",
        };
        return $"[{colour}]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
    }

    private string State(ExperimentRow row)
    {
        // Asked for each row, also one that does not train: its next start is timed anew.
        var left = timeLeft.Of(row);
        return row.Status switch
        {
            ExperimentStatus.Running when row.Progress is { } progress && progress.Epoch == row.Epochs && progress.Batch == progress.Batches => "evaluating",
            ExperimentStatus.Running when row.Last?.Epoch == row.Epochs => "evaluating",
            ExperimentStatus.Running => Figures.Duration(left),
            _ => row.Status.ToString().ToLowerInvariant(),
        };
    }

    private static string Summary(GridSnapshot snapshot, int hidden)
    {
        var grid = snapshot.Grid;
        var rows = snapshot.Experiments;
        int running = rows.Count(row => row.Status == ExperimentStatus.Running);
        int pending = rows.Count(row => row.Status == ExperimentStatus.Pending);
        string more = hidden > 0 ? $" · {hidden:N0} more not shown" : "";
        return Markup.Escape(string.Create(
            CultureInfo.InvariantCulture,
            $"{grid.Name}: {grid.Completed:N0} of {grid.Experiments:N0} completed · {running:N0} running · {pending:N0} pending · {grid.Failed:N0} failed{more}"));
    }
}
