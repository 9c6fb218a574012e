using Xunit;

namespace Experiments.Pictures.Tests;

public class AxisTests
{
    [Theory]
    [InlineData(0.25, 0.95, "0.3 0.4 0.5 0.6 0.7 0.8 0.9")]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.912, 0.918, "0.912 0.913 0.914 0.915 0.916 0.917 0.918")]
    public void TicksAreRoundNumbersWithinTheAxis(double low, double high, string ticks)
    {
        var axis = Axis.Of([low, high], mayBeLogarithmic: true);

        Assert.Equal(ticks, string.Join(' ', axis.Ticks.Select(tick => tick.Text)));
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Share(tick.Value), 0, 1));
    }

    [Theory]
    [InlineData(0, double.Epsilon)]
    [InlineData(-1, 1e300)]
    [InlineData(0.3, 0.30000000000000004)]
    [InlineData(1e300, 1e300)]
    public void ExtremeValuesHaveAFewTicksToo(double low, double high)
    {
        Assert.InRange(Axis.Of([low, high], mayBeLogarithmic: false).Ticks.Length, 2, 12);
    }

    [Fact]
    public void EpochsAreWholeNumbersFromTheFirst()
    {
        Assert.Equal("1", string.Join(' ', Axis.OfEpochs(1, 1).Ticks.Select(tick => tick.Text)));
        Assert.Equal("1 2 3", string.Join(' ', Axis.OfEpochs(1, 3).Ticks.Select(tick => tick.Text)));
        Assert.Equal("10 20 30 40 50", string.Join(' ', Axis.OfEpochs(1, 50).Ticks.Select(tick => tick.Text)));
    }

    [Fact]
    public void ALossOfManyPowersOfTenIsLogarithmic()
    {
        var axis = Axis.Of([0.1, 1e5, double.NaN], mayBeLogarithmic: true);

        Assert.True(axis.Logarithmic);
        Assert.Equal("10⁻¹ 10⁰ 10¹ 10² 10³ 10⁴ 10⁵", string.Join(' ', axis.Ticks.Select(tick => tick.Text)));
        Assert.Equal(0.5, axis.Share(100), 6);
        Assert.Equal(double.NaN, axis.Share(0));
        Assert.False(Axis.Of([0.1, 1e5], mayBeLogarithmic: false).Logarithmic);
    }
}
