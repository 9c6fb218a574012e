using System.Globalization;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Results;

/// <summary>A grid and a line for each of its experiments.</summary>
internal static class GridView
{
    public static void Show(GridSnapshot snapshot, Output output)
    {
        var grid = snapshot.Grid;
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Grid {grid.Name} ({grid.Id}): {grid.Status}, {grid.Completed:N0} of {grid.Experiments:N0} completed, submitted {Figures.Time(grid.SubmittedAt)}, ended {Figures.Time(grid.CompletedAt)}"));
        AnnotationText.Show(grid.Annotation, output);
        string[] tags = AnnotationText.Header(snapshot.Experiments.Select(row => row.Annotation));
        var table = OutputTable.Of(
            texts: 3 + tags.Length,
            ["Experiment", "Id", "Status", .. tags, "Epoch", "Validation loss", "Accuracy", "Best epoch", "Test loss", "Test accuracy"]);
        foreach (var row in snapshot.Experiments)
        {
            table.AddRow(
            [
                Markup.Escape(row.Name), row.Id, row.Status.ToString(), .. tags.Select(_ => AnnotationText.Cell(row.Annotation)),
                string.Create(CultureInfo.InvariantCulture, $"{row.Last?.Epoch ?? 0}/{row.Epochs}"),
                Figures.Metric(row.Last?.ValidationLoss), Figures.Metric(row.Last?.ValidationAccuracy),
                row.Best?.Epoch.ToString(CultureInfo.InvariantCulture) ?? Figures.None,
                Figures.Metric(row.Test?.Loss), Figures.Metric(row.Test?.Accuracy),
            ]);
        }

        output.People.Write(table);
        foreach (var row in snapshot.Experiments.Where(row => row.Error is not null))
        {
            output.Line($"{row.Name}: {row.Error}");
        }
    }
}
