using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

/// <summary>The best and worst classes of one experiment, in the notebook's words.</summary>
public static class ClassSentences
{
    /// <returns>One sentence for each metric; none where no class has a test image.</returns>
    public static ImmutableArray<string> Of(ClassFindings findings) =>
    [
        .. Of(findings.Precision, "accuracy (precision)", "The best accuracy (precision) is obtained for", "worst for"),
        .. Of(findings.Recall, "recall", "The recall is highest for", "smallest for"),
        .. Of(findings.F1, "f1-score", "The f1-score is highest for", "smallest for"),
    ];

    private static IEnumerable<string> Of(ClassExtremes extremes, string metric, string best, string worst)
    {
        if (extremes.Best.IsEmpty) yield break;

        yield return extremes.Worst.IsEmpty
            ? $"The {metric} is the same for every class: {Value(extremes.Best[0])}."
            : $"{best} {Names(extremes.Best)}, {worst} {Names(extremes.Worst)}.";
    }

    private static string Names(ImmutableArray<ClassValue> classes) => Figures.Names([.. classes.Select(Name)]);

    private static string Name(ClassValue c) => string.Create(CultureInfo.InvariantCulture, $"Class {c.Label} ({c.Name}) {Value(c)}");

    private static string Value(ClassValue c) => c.Value.ToString("F3", CultureInfo.InvariantCulture);
}
