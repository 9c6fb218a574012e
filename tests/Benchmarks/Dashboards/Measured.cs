using System.Globalization;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>A line of the table: what was measured, what was seen, and what must be reached.</summary>
internal sealed record Measured(string What, string Seen, string Bar, bool Holds)
{
    /// <param name="most">Milliseconds that the median may take.</param>
    public static Measured Median(string what, IEnumerable<double> milliseconds, double most)
    {
        double[] sorted = [.. milliseconds.Order()];
        double median = sorted[sorted.Length / 2];
        return new Measured(what, Text($"median {median:N0} ms, {sorted[^1]:N0} ms at most of {sorted.Length}"), Text($"{most:N0} ms"), median <= most);
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
