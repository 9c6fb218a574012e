using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>A classification report as scikit-learn's <c>classification_report(…, digits=2)</c> prints it, character for character.</summary>
public static class ClassificationReportText
{
    private const string LongestHeading = "weighted avg";

    /// <returns>Lines that each end in a newline; names are right-aligned to the longest of them, counted in code points.</returns>
    public static string Of(ClassificationReport report)
    {
        int width = report.Classes.Select(c => Length(c.Name)).Append(LongestHeading.Length).Max();
        int support = report.WeightedAvg.Support;
        var text = new StringBuilder();

        Row("", "precision", "recall", "f1-score", "support");
        text.Append('\n');
        foreach (var c in report.Classes)
            Row(c.Name, Digits(c.Precision), Digits(c.Recall), Digits(c.F1), Count(c.Support));
        text.Append('\n');
        Row("accuracy", "", "", Digits(report.Accuracy), Count(support));
        Average("macro avg", report.MacroAvg);
        Average(LongestHeading, report.WeightedAvg);
        return text.ToString();

        void Average(string heading, AverageMetrics average) =>
            Row(heading, Digits(average.Precision), Digits(average.Recall), Digits(average.F1), Count(average.Support));

        void Row(string heading, string precision, string recall, string f1, string count) =>
            text.Append(' ', width - Length(heading)).Append(heading).Append(' ')
                .Append(CultureInfo.InvariantCulture, $" {precision,9} {recall,9} {f1,9} {count,9}\n");
    }

    private static int Length(string name) => name.EnumerateRunes().Count();

    private static string Digits(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}
