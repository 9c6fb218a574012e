using System.Globalization;
using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Results;

/// <summary>What <c>run</c> ends with: each experiment's classification report, the comparison, and the verdict in words.</summary>
internal static class ComparisonView
{
    /// <summary>Of more experiments than these a terminal holds no reports; report.md has all.</summary>
    private const int MostReports = 6;

    public static void Show(CollectedGrid grid, Output output)
    {
        var experiments = grid.Results.Experiments;
        var reported = experiments.Zip(grid.Comparison.Experiments).Where(pair => pair.First.ClassificationReport is not null).ToList();
        foreach (var (experiment, row) in reported.Take(MostReports))
        {
            ShowReport(experiment, row, output);
        }

        if (reported.Count > MostReports)
        {
            output.Line($"The classification reports of {reported.Count - MostReports:N0} more experiments are in report.md.");
        }

        ShowTable(grid.Comparison, output);
        ShowVariants(grid.Comparison, output);
        output.Line();
        foreach (string sentence in Verdicts.Sentences(grid.Comparison))
        {
            output.Line(sentence);
        }
    }

    private static void ShowReport(ExperimentSnapshot experiment, ExperimentComparison row, Output output)
    {
        output.Line();
        output.Line($"{experiment.Name}: {row.Test!.Correct:N0} test images right, {row.Test.Incorrect:N0} wrong");
        output.Line(ClassificationReportText.Of(experiment.ClassificationReport!));
        foreach (string sentence in ClassSentences.Of(row.Classes!))
        {
            output.Line(sentence);
        }

        if (!row.Confused.IsEmpty)
        {
            output.Line($"Most confused (true → predicted): {string.Join(", ", row.Confused.Select(pair => $"{pair.TrueName} → {pair.PredictedName} {pair.Images:N0}"))}.");
        }
    }

    private static void ShowTable(GridComparison comparison, Output output)
    {
        var table = OutputTable.Of(
            texts: 2, "Experiment", "Status", "Test loss", "Test accuracy", "Best epoch", "Its validation loss", "Its test accuracy", "Loss at the end", "Rise");
        foreach (var row in comparison.Experiments)
        {
            table.AddRow(
                Markup.Escape(row.Name), row.Status.ToString(),
                Figures.Metric(row.Test?.Loss), Figures.Metric(row.Test?.Accuracy),
                row.Best?.Epoch.ToString(CultureInfo.InvariantCulture) ?? Figures.None,
                Figures.Metric(row.Best?.ValidationLoss), Figures.Metric(row.Best?.TestAccuracy),
                Figures.Metric(row.Overfitting?.LastLoss),
                row.Overfitting is { } overfitting ? string.Create(CultureInfo.InvariantCulture, $"× {overfitting.Ratio:F2}") : Figures.None);
        }

        output.People.Write(table);
    }

    private static void ShowVariants(GridComparison comparison, Output output)
    {
        if (comparison.Variants.All(variant => variant.Experiments == 1))
        {
            return;
        }

        var table = OutputTable.Of(texts: 1, "Variant", "Seeds", "Test accuracy", "Test loss");
        foreach (var variant in comparison.Variants)
        {
            table.AddRow(Markup.Escape(variant.Name), Figures.Count(variant.Accuracy?.Count ?? 0), Mean(variant.Accuracy), Mean(variant.Loss));
        }

        output.People.Write(table);
    }

    private static string Mean(Sample? sample) => sample switch
    {
        null => Figures.None,
        { StandardDeviation: { } deviation } => string.Create(CultureInfo.InvariantCulture, $"{sample.Mean:F4} ± {deviation:F4}"),
        _ => Figures.Metric(sample.Mean),
    };
}
