using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Experiments.Pictures;

/// <summary>How values lie along the left side of a panel.</summary>
/// <param name="Low">Of what <see cref="Place"/> gives; below <paramref name="High"/>.</param>
internal sealed record ValueAxis(double Low, double High, bool Logarithmic)
{
    /// <summary>Above this ratio of the largest to the smallest value a linear axis would press all but the largest flat.</summary>
    private const double MostLinearRatio = 1000;

    /// <summary>Share of the values' span that is left free on both sides.</summary>
    private const double Margin = 0.04;

    /// <summary>In pixels, as those of the least panel are: the ticks' distance follows from the two.</summary>
    private const float AxisLength = 400;

    private const float TickLength = 28;

    /// <summary>Values beyond this are left out, as those that are not finite: their differences would not be.</summary>
    private const double Largest = 1e300;

    /// <summary>Fits the values; of none at all it is 0 to 1.</summary>
    public static ValueAxis Of(IEnumerable<double> values, bool mayBeLogarithmic)
    {
        double[] finite = [.. values.Where(value => Math.Abs(value) <= Largest)];
        if (finite.Length == 0) return new ValueAxis(0, 1, Logarithmic: false);

        (double low, double high) = (finite.Min(), finite.Max());
        double[] positive = mayBeLogarithmic ? [.. finite.Where(value => value > 0)] : [];
        if (positive.Length > 0 && high / positive.Min() > MostLinearRatio)
        {
            double room = Math.Log10(high / positive.Min()) * Margin;
            return new ValueAxis(Math.Log10(positive.Min()) - room, Math.Log10(high) + room, Logarithmic: true);
        }

        double margin = high - low > Math.Max(Math.Abs(high) * 1e-9, 1 / Largest) ? (high - low) * Margin : Math.Max(Math.Abs(high) * 0.05, 0.01);
        return new ValueAxis(low - margin, high + margin, Logarithmic: false);
    }

    /// <summary>The coordinate to draw a value at; NaN where the axis has no place for it.</summary>
    public double Place(double value) => Logarithmic
        ? value > 0 && value <= Largest ? Math.Log10(value) : double.NaN
        : Math.Abs(value) <= Largest ? value : double.NaN;

    public void Apply(Plot plot)
    {
        plot.Axes.SetLimitsY(Low, High);
        plot.Axes.Left.TickGenerator = Logarithmic
            ? new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = power => "10" + Superscript((int)power) }
            : Linear();
    }

    /// <summary>All with as many decimals as the one that has the most.</summary>
    private NumericManual Linear()
    {
        double[] positions = new DecimalTickSpacingCalculator().GenerateTickPositions(new CoordinateRange(Low, High), new PixelLength(AxisLength), new PixelLength(TickLength));
        double precision = (positions[1] - positions[0]) * 1e-3;
        int decimals = Enumerable.Range(0, 16).Where(digits => positions.All(position => Math.Abs(Math.Round(position, digits) - position) < precision)).FirstOrDefault(16);
        bool plain = decimals < 6 && Math.Max(Math.Abs(Low), High) < 1e5;
        string format = plain ? $"N{decimals}" : "0.###e0";
        return new NumericManual(positions, [.. positions.Select(position => position == 0 && !plain ? "0" : position.ToString(format, CultureInfo.InvariantCulture))]);
    }

    private static string Superscript(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
