using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Pictures;

/// <summary>The values along one side of a panel.</summary>
/// <param name="Low">At the axis' begin; above 0 on a logarithmic axis.</param>
/// <param name="High">At its end, above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">Whether equal lengths are equal ratios.</param>
/// <param name="Ticks">From low to high.</param>
internal sealed record Axis(double Low, double High, bool Logarithmic, ImmutableArray<(double Value, string Text)> Ticks)
{
    /// <summary>Above this ratio of the largest to the smallest value a linear axis would press all but the largest flat.</summary>
    private const double MostLinearRatio = 1000;

    private const int MostTicks = 10;

    /// <summary>Values beyond this are left out, as those that are not finite: their differences would not be.</summary>
    private const double Largest = 1e300;

    /// <summary>Fits the values; of none at all it is 0 to 1.</summary>
    public static Axis Of(IEnumerable<double> values, bool mayBeLogarithmic)
    {
        double[] finite = [.. values.Where(value => Math.Abs(value) <= Largest)];
        if (finite.Length == 0) return Linear(0, 1, smallestStep: 0);

        (double low, double high) = (finite.Min(), finite.Max());
        double[] positive = mayBeLogarithmic ? [.. finite.Where(value => value > 0)] : [];
        if (positive.Length > 0 && high / positive.Min() > MostLinearRatio) return Powers(positive.Min(), high);

        double margin = high - low > Math.Max(Math.Abs(high) * 1e-9, 1 / Largest) ? (high - low) * 0.04 : Math.Max(Math.Abs(high) * 0.05, 0.01);
        return Linear(low >= 0 ? Math.Max(0, low - margin) : low - margin, high + margin, smallestStep: 0);
    }

    /// <summary>Whole epochs; there is room before the first, but no epoch.</summary>
    public static Axis OfEpochs(int first, int last)
    {
        double margin = last > first ? (last - first) * 0.025 : 0.5;
        Axis axis = Linear(first - margin, last + margin, smallestStep: 1);
        return axis with { Ticks = axis.Ticks.RemoveAll(tick => tick.Value < first) };
    }

    /// <summary>Where a value lies: 0 at the begin, 1 at the end; NaN where the axis has no place for it.</summary>
    public double Share(double value) => !Logarithmic ? (value - Low) / (High - Low)
        : value > 0 ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
        : double.NaN;

    private static Axis Linear(double low, double high, double smallestStep)
    {
        double step = Math.Max(smallestStep, RoundStep((high - low) / MostTicks));
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 15);
        var ticks = ImmutableArray.CreateBuilder<(double, string)>();
        for (long number = (long)Math.Ceiling((low / step) - 1e-9); number * step <= high; number++)
            ticks.Add((number * step, Text(number * step, decimals)));
        return new Axis(low, high, false, ticks.ToImmutable());
    }

    private static Axis Powers(double low, double high)
    {
        (int first, int last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        int step = Math.Max(1, (int)Math.Ceiling((last - first) / (double)MostTicks));
        var ticks = Enumerable.Range(first, last - first + 1).Where(power => (power - first) % step == 0).Select(power => (Math.Pow(10, power), Power(power)));
        return new Axis(Math.Pow(10, Math.Max(first, -307)), Math.Pow(10, Math.Min(last, 308)), true, [.. ticks]);
    }

    /// <summary>The next of 1, 2, 5, 10, 20, … times a power of ten.</summary>
    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double factor = step / power * 0.999999;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    private static string Text(double value, int decimals) => Math.Abs(value) >= 1e6
        ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
        : value.ToString((decimals == 0 ? "#,##0" : "0.") + new string('0', decimals), CultureInfo.InvariantCulture);

    private static string Power(int power) =>
        "10" + string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
