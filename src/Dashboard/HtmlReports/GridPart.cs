using System.Collections.Immutable;
using Experiments.Dashboard.Charts;
using Experiments.Reports;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>What a report says of the grid as a whole.</summary>
internal static class GridPart
{
    public static Html Of(GridResults results, GridComparison comparison) => Html.Join(
    [
        Html.Element("header", Html.Element("h1", results.Grid.Name), Html.Element("p", GridSentence.Of(results.Grid)), AnnotationPart.Of(results.Grid.Annotation)),
        Section("verdict", "Verdict", Html.Element("ul", [.. Verdicts.Sentences(comparison).Select(sentence => Html.Element("li", sentence))])),
        Failed(comparison),
        Section("charts", "Charts", [.. Charts(results, comparison)]),
        Section("comparison", "Comparison", [.. ComparisonTables.Of(comparison).Select(HtmlTable.Of)]),
    ]);

    private static Html Section(string id, string heading, params ImmutableArray<Html> content) =>
        Html.Element("section", [("aria-labelledby", id)], [Html.Element("h2", [("id", id)], heading), .. content]);

    private static Html Failed(GridComparison comparison)
    {
        ImmutableArray<ExperimentComparison> failed = [.. comparison.Experiments.Where(row => row.Status == ExperimentStatus.Failed)];
        return failed.IsEmpty
            ? Html.Empty
            : Section("failed", "Failed experiments", Html.Element("dl", [.. failed.SelectMany(row => (Html[])[Html.Element("dt", row.Name), Html.Element("dd", row.Error ?? "It says no reason.")])]));
    }

    private static IEnumerable<Html> Charts(GridResults results, GridComparison comparison)
    {
        ImmutableArray<ExperimentOutcome> outcomes = [.. results.Experiments.Select(ExperimentOutcome.Of)];
        yield return HtmlChart.Of("values-curves", "curves", "Accuracy and loss", CurvesChart.Of(0, [.. results.Experiments.Select(ExperimentHistory.Of)]));

        var effect = EffectChart.Of(outcomes);
        if (effect.Points.DistinctBy(point => point.X).Count() > 1) yield return HtmlChart.Of("values-effect", "effect", "Test accuracy by dropout rate", effect);

        if (comparison.Ranking is { Contests: [var next, ..], Best: var best })
        {
            var differences = DifferencesChart.Of(results.Experiments, next.Other.Name, best.Name);
            if (!differences.Classes.IsEmpty) yield return HtmlChart.Of("values-differences", "differences", $"F1 by class: {best.Name} against {next.Other.Name}", differences);
        }

        var importance = ImportanceChart.Of(outcomes);
        if (!importance.Keys.IsEmpty) yield return HtmlChart.Of("values-importance", "importance", "What the test accuracy depends on", importance);
    }
}
