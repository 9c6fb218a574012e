using System.Globalization;

namespace Experiments.Reports;

/// <summary>How numbers and lists are written for people.</summary>
public static class Figures
{
    /// <summary>Where there is no figure.</summary>
    public const string None = "–";

    private const int MostNames = 5;

    /// <summary>An accuracy or a loss, to four decimals; "not a number" where a training diverged.</summary>
    public static string Metric(double value) => double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : "not a number";

    public static string Metric(double? value) => value is { } known ? Metric(known) : None;

    public static string Metric(Sample sample) => sample.StandardDeviation is { } deviation
        ? $"{Metric(sample.Mean)} ± {Metric(deviation)}"
        : Metric(sample.Mean);

    public static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    /// <summary>In megabytes of 10⁶ bytes, such as 1,234.5 MB.</summary>
    public static string Bytes(long? bytes) => bytes is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:N1} MB") : None;

    /// <summary>Such as 0:07, 12:30 or 1:02:03.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => None,
        { TotalHours: >= 1 } hours => string.Create(CultureInfo.InvariantCulture, $"{(int)hours.TotalHours}:{hours.Minutes:D2}:{hours.Seconds:D2}"),
        { } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.Minutes}:{minutes.Seconds:D2}"),
    };

    /// <summary>By this machine's clock.</summary>
    public static string Time(DateTimeOffset? time) => time is { } value ? value.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : None;

    public static string Count(int value, string one) => $"{Count(value)} {one}{(value == 1 ? "" : "s")}";

    /// <summary>Such as <c>p = 0.034</c>, <c>p = 3·10⁻⁸</c>.</summary>
    public static string Probability(double p) => p switch
    {
        >= 0.01 => string.Create(CultureInfo.InvariantCulture, $"p = {p:0.###}"),
        >= 0.0001 => string.Create(CultureInfo.InvariantCulture, $"p = {p:0.0000}"),
        < 1e-300 => "p < 10⁻³⁰⁰",
        _ => Power(p),
    };

    /// <summary>Such as <c>a, b and c</c>; of many, the first few and how many more.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        List<string> parts = [.. names.Take(names.Count > MostNames ? MostNames - 1 : MostNames)];
        if (names.Count > parts.Count) parts.Add($"{Count(names.Count - parts.Count)} more");
        return parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
    }

    private static string Power(double p)
    {
        string[] parts = p.ToString("0E+0", CultureInfo.InvariantCulture).Split('E');
        string exponent = string.Concat(parts[1].Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
        return $"p = {parts[0]}·10{exponent}";
    }
}
