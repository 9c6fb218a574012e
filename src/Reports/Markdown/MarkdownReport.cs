using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>A grid's results as <c>report.md</c>: the verdict, the comparison, then each experiment, with the pictures that lie beside it.</summary>
public static class MarkdownReport
{
    /// <param name="comparison">Of the same results.</param>
    /// <exception cref="ArgumentException">The comparison is not of these results.</exception>
    public static string Write(GridResults results, GridComparison comparison)
    {
        if (!results.Experiments.Select(experiment => experiment.Id).SequenceEqual(comparison.Experiments.Select(row => row.Id)))
            throw new ArgumentException("The comparison is of other experiments than the results.", nameof(comparison));

        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Escape(results.Grid.Name)}\n\n{MarkdownText.Escape(GridSentence.Of(results.Grid))}\n\n");

        report.Append("## Verdict\n\n");
        foreach (string sentence in Verdicts.Sentences(comparison))
            report.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(sentence)}\n");

        report.Append("\n## Comparison\n\n").AppendJoin('\n', ComparisonTables.Of(comparison).Select(MarkdownTable.Write));
        if (results.Experiments.Any(experiment => !experiment.History.IsEmpty))
            report.Append('\n').Append(MarkdownText.Picture("Loss and accuracy by epoch", "curves.png"));

        foreach (var (experiment, row) in results.Experiments.Zip(comparison.Experiments))
            report.Append('\n').Append(ExperimentSection.Write(experiment, row));

        return report.ToString();
    }
}
