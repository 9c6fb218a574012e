using System.Globalization;
using Experiments.Dashboard.Charts;
using Experiments.Reports;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>What a report says of each experiment.</summary>
internal static class ExperimentParts
{
    public static Html Of(GridResults results, GridComparison comparison) =>
        Html.Join([Contents(results), .. results.Experiments.Zip(comparison.Experiments, (experiment, row) => (experiment, row)).Select((pair, at) => Of(pair.experiment, pair.row, at + 1))]);

    private static Html Contents(GridResults results) => Html.Element(
        "nav", [("aria-label", "Experiments")],
        Html.Element("h2", "Experiments"),
        Html.Element("ul", [.. results.Experiments.Select((experiment, at) => Html.Element("li", Html.Element("a", [("href", "#" + Id(at + 1))], experiment.Name)))]));

    private static Html Of(ExperimentSnapshot experiment, ExperimentComparison row, int number) =>
        Html.Element("section", [("aria-labelledby", Id(number)), ("class", "experiment")], [Html.Element("h2", [("id", Id(number))], experiment.Name), .. Parts(experiment, row, number)]);

    private static IEnumerable<Html> Parts(ExperimentSnapshot experiment, ExperimentComparison row, int number)
    {
        yield return AnnotationPart.Of(experiment.Annotation);
        foreach (string sentence in ExperimentSentences.Of(row)) yield return Html.Element("p", sentence);
        if (!experiment.History.IsEmpty)
        {
            var curves = CurvesChart.Of(0, [ExperimentHistory.Of(experiment)]);
            yield return HtmlChart.Of(Values("curves", number), "curves", "Accuracy and loss", curves, new { markBest = experiment.Config.Training.EarlyStopping.Monitor, group = "experiment" });
        }

        if (ConfusionChart.Of(experiment) is { Classes.IsEmpty: false } confusion)
            yield return HtmlChart.Of(Values("confusion", number), "confusion", "Confusion matrix", confusion, new { opens = false });

        if (experiment.ClassificationReport is { } report)
        {
            yield return Html.Element("h3", "Classification report");
            yield return HtmlTable.Of(report);
        }

        if (row.Classes is { } classes) yield return Html.Element("ul", [.. ClassSentences.Of(classes).Select(sentence => Html.Element("li", sentence))]);
        if (!row.Confused.IsEmpty) yield return HtmlTable.Of(ExperimentTables.Confused(row));
        yield return Html.Element("h3", "Configuration");
        yield return HtmlTable.Of(ExperimentTables.Configuration(experiment));
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"experiment-{number}");

    private static string Values(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"values-{kind}-{number}");
}
