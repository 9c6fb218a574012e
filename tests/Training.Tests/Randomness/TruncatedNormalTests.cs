using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class TruncatedNormalTests
{
    private const double BelowMinusTwo = 0.0227501319481792072, BelowOne = 0.8413447460685429486, BelowMinusOneAndAHalf = 0.0668072012688580661;

    [Theory]
    [InlineData(BelowOne, 1)]
    [InlineData(0.5, 0)]
    [InlineData(BelowMinusOneAndAHalf, -1.5)]
    public void ItIsTheQuantileOfTheCutDistribution(double probability, double expected) =>
        Assert.Equal(expected, TruncatedNormal.FromUniform((probability - BelowMinusTwo) / (1 - (2 * BelowMinusTwo))), 1e-13);

    [Fact]
    public void TheEndsAreTwoStandardDeviations()
    {
        Assert.Equal(-2, TruncatedNormal.FromUniform(0.5 / (1UL << 53)), 1e-12);
        Assert.Equal(2, TruncatedNormal.FromUniform(1 - (0.5 / (1UL << 53))), 1e-12);
    }

    [Fact]
    public void ItsMeanAndItsDeviationAreThoseStated()
    {
        const int Points = 200_000;
        double[] values = [.. Enumerable.Range(0, Points).Select(i => TruncatedNormal.FromUniform((i + 0.5) / Points))];

        Assert.Equal(0, values.Average(), 1e-9);
        Assert.Equal(TruncatedNormal.StandardDeviation, Math.Sqrt(values.Average(value => value * value)), 1e-8);
        Assert.True(values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second));
    }
}
