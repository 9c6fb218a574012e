using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class CurveSamplingTests
{
    [Fact]
    public void EachBucketKeepsItsLowestAndHighestPointWhereTheyAre()
    {
        var curve = Curve(9, 4, 5, 3, 4, 8, 7, 2, 6, 0);

        Assert.Equal([(1, 9), (3, 5), (4, 3), (6, 8), (8, 2), (10, 0)], Sample(curve, limit: 6));
        Assert.Equal([(1, 9), (6, 8), (8, 2), (10, 0)], Sample(curve, limit: 5));
    }

    [Fact]
    public void OfEqualExtremesTheEarlierIsKept() =>
        Assert.Equal([(1, 5), (2, 1), (4, 2), (7, 5)], Sample(Curve(5, 1, 1, 2, 2, 1, 5), limit: 5));

    [Fact]
    public void AFlatBucketKeepsOnePoint() => Assert.Equal([(1, 1), (2, 1), (8, 1)], Sample(Curve(1, 1, 1, 1, 1, 1, 1, 1), limit: 5));

    [Fact]
    public void AGapStaysBetweenThePointsThatItParts() =>
        Assert.Equal([(1, 5), (3, 1), (4, double.NaN), (7, 4), (8, 5)], Sample(Curve(5, 2, 1, double.NaN, double.NaN, 3, 4, 5), limit: 5));

    [Fact]
    public void AnInfiniteValueIsAGapAndNoExtreme() =>
        Assert.Equal(
            [(1, 5), (2, double.PositiveInfinity), (3, 1), (6, 4), (7, 5)],
            Sample(Curve(5, double.PositiveInfinity, 1, 2, 3, 4, 5), limit: 5));

    [Fact]
    public void ACurveOfGapsStaysOne()
    {
        var sampled = Sample(Curve([.. Enumerable.Repeat(double.NaN, 20)]), limit: 8);

        Assert.Equal([1, 2, 11, 20], sampled.Select(point => point.Epoch));
        Assert.All(sampled, point => Assert.Equal(double.NaN, point.Value));
    }

    [Fact]
    public void ACurveWithinTheLimitIsUntouched()
    {
        var curve = Curve(3, double.NaN, 1, 1, 2);

        Assert.True(curve == Sample(curve, limit: 5));
        Assert.True(curve == Sample(curve, limit: 100));
        Assert.Empty(Sample([], limit: 5));
    }

    [Fact]
    public void ALimitWithoutRoomForABucketIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(Curve(1, 2, 3), limit: CurveSampling.Fewest - 1));

    /// <summary>Curves of many lengths, with and without gaps, under many limits.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    [InlineData(0.9)]
    public void WhateverTheSizeTheSampleIsWithinTheLimitOfTheCurveAndShowsItsExtremes(double gaps)
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var curve = Curve([.. Enumerable.Range(0, random.Next(1, 1_500)).Select(_ => random.NextDouble() < gaps ? double.NaN : Math.Round(random.NextDouble(), 2))]);
            int limit = random.Next(CurveSampling.Fewest, 200);

            var sample = Sample(curve, limit);

            string which = $"seed {seed}: {curve.Length} points, limit {limit}, gaps {gaps}";
            Assert.True(sample.Length <= limit, which);
            Assert.True(sample[0].Equals(curve[0]) && sample[^1].Equals(curve[^1]), which);
            Assert.True(sample.Zip(sample.Skip(1)).All(pair => pair.First.Epoch < pair.Second.Epoch), which);
            Assert.True(sample.All(point => point.Equals(curve[point.Epoch - 1])), which);
            Assert.True(Extremes(curve) == Extremes(sample), which);
            Assert.True(HasGap(curve) == HasGap(sample), which);
        }
    }

    /// <summary>A sample of far fewer points than allowed would be a poor picture of the curve.</summary>
    [Fact]
    public void ARisingCurveUsesTheRoomThatTheLimitGives()
    {
        for (int limit = CurveSampling.Fewest; limit < 300; limit++)
        {
            Assert.InRange(Sample(Curve([.. Enumerable.Range(0, 1_000).Select(i => (double)i)]), limit).Length, limit - 1, limit);
        }
    }

    private static ImmutableArray<(int Epoch, double Value)> Curve(params double[] values) => [.. values.Select((value, i) => (i + 1, value))];

    private static ImmutableArray<(int Epoch, double Value)> Sample(ImmutableArray<(int Epoch, double Value)> curve, int limit) =>
        CurveSampling.Of(curve, point => point.Value, limit);

    private static (double?, double?) Extremes(ImmutableArray<(int Epoch, double Value)> curve)
    {
        var numbers = curve.Select(point => point.Value).Where(double.IsFinite).ToArray();
        return numbers.Length == 0 ? (null, null) : (numbers.Min(), numbers.Max());
    }

    private static bool HasGap(ImmutableArray<(int Epoch, double Value)> curve) => curve.Any(point => double.IsNaN(point.Value));
}
