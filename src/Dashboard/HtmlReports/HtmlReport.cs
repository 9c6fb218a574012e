using System.Security.Cryptography;
using System.Text;
using Experiments.Reports;

namespace Experiments.Dashboard.HtmlReports;

/// <summary>
/// A grid's results as one file for mail and archives: verdict, tables and charts, with the scripts that draw them and the values they draw. A browser
/// shows it without a network, and its own policy lets it fetch nothing and run nothing but these scripts.
/// </summary>
public static class HtmlReport
{
    private const string Licence = "Charts: Apache ECharts, licensed by the Apache Software Foundation under the Apache License 2.0, http://www.apache.org/licenses/LICENSE-2.0";

    /// <param name="comparison">Of the same results.</param>
    /// <exception cref="ArgumentException">The comparison is not of these results.</exception>
    public static string Write(GridResults results, GridComparison comparison)
    {
        if (!results.Experiments.Select(experiment => experiment.Id).SequenceEqual(comparison.Experiments.Select(row => row.Id)))
            throw new ArgumentException("The comparison is of other experiments than the results.", nameof(comparison));

        string echarts = ReportAssets.ECharts, charts = ReportAssets.Charts;
        var head = Html.Join(
        [
            new Html("<meta charset=\"utf-8\">\n"),
            new Html($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {Hash(echarts)} {Hash(charts)}; base-uri 'none'; form-action 'none'\">\n"),
            new Html("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"),
            Html.Element("title", results.Grid.Name),
            new Html($"<style>\n{ReportAssets.Styles}</style>\n"),
        ]);
        var body = Html.Join(
        [
            Html.Element("main", GridPart.Of(results, comparison), ExperimentParts.Of(results, comparison)),
            Html.Element("footer", Licence),
            new Html($"<script>{echarts}</script>\n<script type=\"module\">{charts}</script>\n"),
        ]);
        return $"<!doctype html>\n{Html.Element("html", [("lang", "en")], Html.Element("head", head), Html.Element("body", body)).Markup}";
    }

    /// <summary>By which the policy knows a script.</summary>
    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
