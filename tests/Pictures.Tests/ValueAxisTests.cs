using Experiments.Pictures.Drawing;
using ScottPlot;
using Xunit;

namespace Experiments.Pictures.Tests;

public class ValueAxisTests
{
    [Theory]
    [InlineData(0.25, 0.95, "0.3 0.4 0.5 0.6 0.7 0.8 0.9")]
    [InlineData(0, 1, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0")]
    [InlineData(0.912, 0.918, "0.912 0.913 0.914 0.915 0.916 0.917 0.918")]
    [InlineData(0, 2000, "0 200 400 600 800 1,000 1,200 1,400 1,600 1,800 2,000")]
    public void TicksAreRoundNumbersOfAsManyDecimalsEach(double low, double high, string ticks)
    {
        Assert.Equal(ticks, string.Join(' ', Ticks([low, high], mayBeLogarithmic: false).Select(tick => tick.Label)));
    }

    [Theory]
    [InlineData(0, double.Epsilon)]
    [InlineData(-1, 1e300)]
    [InlineData(-1e300, 1e300)]
    [InlineData(0.3, 0.30000000000000004)]
    [InlineData(1e300, 1e300)]
    public void ExtremeValuesHaveAFewTicksToo(double low, double high)
    {
        Assert.InRange(Ticks([low, high], mayBeLogarithmic: false).Length, 2, 12);
    }

    [Fact]
    public void AllValuesLieWithinTheAxis()
    {
        var axis = ValueAxis.Of([0.2, double.NaN, 0.7, double.PositiveInfinity], mayBeLogarithmic: true);

        Assert.InRange(axis.Place(0.2), axis.Low, axis.High);
        Assert.InRange(axis.Place(0.7), axis.Low, axis.High);
        Assert.Equal(double.NaN, axis.Place(double.PositiveInfinity));
    }

    [Fact]
    public void ALossOfManyPowersOfTenIsLogarithmic()
    {
        double[] values = [0.1, 1e5, double.NaN];
        var axis = ValueAxis.Of(values, mayBeLogarithmic: true);

        Assert.True(axis.Logarithmic);
        Assert.Equal("10⁻¹ 10⁰ 10¹ 10² 10³ 10⁴ 10⁵", string.Join(' ', Ticks(values, mayBeLogarithmic: true).Select(tick => tick.Label)));
        Assert.Equal(axis.Place(10) + 1, axis.Place(100), 12);
        Assert.Equal(double.NaN, axis.Place(0));
        Assert.False(ValueAxis.Of(values, mayBeLogarithmic: false).Logarithmic);
        Assert.False(ValueAxis.Of([0.1, 100], mayBeLogarithmic: true).Logarithmic);
    }

    private static Tick[] Ticks(double[] values, bool mayBeLogarithmic)
    {
        using Plot plot = Chart.Empty("");
        ValueAxis.Of(values, mayBeLogarithmic).Apply(plot);
        plot.RenderInMemory(800, 500);
        return [.. plot.Axes.Left.TickGenerator.Ticks.Where(tick => tick.IsMajor)];
    }
}
