namespace Experiments.Dashboard.HtmlReports;

/// <summary>The scripts and styles that this assembly carries for reports.</summary>
internal static class ReportAssets
{
    /// <summary>ECharts, as a script.</summary>
    public static string ECharts => Read("echarts.js");

    public static string Styles => Read("charts/charts.css") + Read("report.css");

    /// <summary>The module and all it imports, as one.</summary>
    public static string Charts => ScriptBundle.Of("experiment-chart.js", path => Read("charts/" + path));

    private static string Read(string name)
    {
        using var resource = typeof(ReportAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"This assembly carries no {name}.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
