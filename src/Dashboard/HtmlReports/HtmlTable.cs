using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.HtmlReports;

internal static class HtmlTable
{
    public static Html Of(ReportTable table) => Html.Join(
    [
        Of(table.Columns, table.Rows),
        table.Note is { } note ? Html.Element("p", [("class", "note")], note) : Html.Empty,
    ]);

    /// <summary>Precision, recall and F1 of each class and on average.</summary>
    public static Html Of(ClassificationReport report) => Of(
        [new("Class", false), new("Precision", true), new("Recall", true), new("F1", true), new("Support", true)],
        [
            .. report.Classes.Select(c => Row(c.Name, c.Precision, c.Recall, c.F1, c.Support)),
            ["accuracy", "", "", Figures.Metric(report.Accuracy), Figures.Count(report.WeightedAvg.Support)],
            Row("macro average", report.MacroAvg),
            Row("weighted average", report.WeightedAvg),
        ]);

    private static ImmutableArray<string> Row(string name, AverageMetrics average) => Row(name, average.Precision, average.Recall, average.F1, average.Support);

    private static ImmutableArray<string> Row(string name, double precision, double recall, double f1, int support) =>
        [name, Figures.Metric(precision), Figures.Metric(recall), Figures.Metric(f1), Figures.Count(support)];

    /// <summary>Wider than a narrow page it scrolls, by keys too.</summary>
    private static Html Of(ImmutableArray<ReportColumn> columns, IReadOnlyList<ImmutableArray<string>> rows) => Html.Element(
        "div", [("class", "table"), ("tabindex", "0"), ("role", "group"), ("aria-label", $"Table: {columns[0].Heading}")],
        Html.Element(
            "table",
            Html.Element("thead", Html.Element("tr", [.. columns.Select(column => Html.Element("th", Class(column, ("scope", "col")), column.Heading))])),
            Html.Element("tbody", [.. rows.Select(row => Html.Element("tr", [.. row.Select((cell, at) =>
                at == 0 ? Html.Element("th", Class(columns[at], ("scope", "row")), cell) : Html.Element("td", Class(columns[at]), cell))]))])));

    private static (string, string)[] Class(ReportColumn column, params (string, string)[] others) => column.IsNumber ? [("class", "number"), .. others] : others;
}
