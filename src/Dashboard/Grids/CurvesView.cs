using System.Globalization;
using System.Text.Json;

namespace Experiments.Dashboard.Grids;

/// <summary>How curves are drawn, as an address has it: what is not there, or none of the choices, is as usual.</summary>
/// <param name="Group"><c>variant</c> (mean over seeds) or <c>experiment</c>.</param>
/// <param name="X"><c>epoch</c> or <c>time</c>.</param>
/// <param name="Y"><c>linear</c> or <c>log</c>, of losses.</param>
/// <param name="Show"><c>both</c>, <c>validation</c> or <c>train</c>.</param>
/// <param name="Smoothing">Of an exponential moving average, 0 to 0.99; the raw line stays.</param>
public sealed record CurvesView(string Group, string X, string Y, string Show, double Smoothing)
{
    public static CurvesView Parse(string? group, string? x, string? y, string? show, string? smoothing) => new(
        group is "experiment" ? group : "variant",
        x is "time" ? x : "epoch",
        y is "log" ? y : "linear",
        show is "validation" or "train" ? show : "both",
        double.TryParse(smoothing, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? Math.Clamp(value, 0, 0.99) : 0);

    /// <summary>As the chart takes them.</summary>
    /// <param name="markBest">By what the best epoch is, which is marked, and what follows shaded; null where none is.</param>
    public string Options(MonitoredMetric? markBest = null) => JsonSerializer.Serialize(
        new { Group, X, Y, Smoothing, Series = new { Train = Show is not "validation", Validation = Show is not "train" }, MarkBest = markBest },
        JsonSerializerOptions.Web);
}
