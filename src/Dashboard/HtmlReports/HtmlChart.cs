using System.Text.Json;
using Experiments.Reports;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>A chart, and its values beside it as JSON that the page carries.</summary>
internal static class HtmlChart
{
    private static readonly JsonSerializerOptions Compact = new(ResultsJson.Options) { WriteIndented = false };

    /// <param name="id">Of the page's own, different for each chart.</param>
    /// <param name="values">Written so that nothing in it can end the element that holds it.</param>
    public static Html Of<T>(string id, string kind, string heading, T values, object? options = null) => Html.Join(
    [
        new Html($"<script type=\"application/json\" id=\"{id}\">{JsonSerializer.Serialize(values, Compact)}</script>\n"),
        Html.Element("experiment-chart", [("kind", kind), ("src", "#" + id), ("heading", heading), ("options", JsonSerializer.Serialize(options ?? new { }, Compact))]),
    ]);
}
