using Experiments.Training.Models;
using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed class InitializersTests
{
    private static readonly RandomStream Stream = new(1, RandomPurpose.Initialization, Layer: 1);

    [Fact]
    public void HeNormalHasItsVarianceAndIsCutAtTwoDeviations()
    {
        float[] weights = Initializers.HeNormal([2000, 4, 3, 3], Stream);
        double deviation = Math.Sqrt(2.0 / 36);

        Assert.Equal(2000 * 36, weights.Length);
        Assert.Equal(0, weights.Average(), 5 * deviation / Math.Sqrt(weights.Length));
        Assert.Equal(deviation, Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.01 * deviation);
        Assert.InRange(weights.Max(MathF.Abs), 1.99 * deviation / TruncatedNormal.StandardDeviation, 2.0001 * deviation / TruncatedNormal.StandardDeviation);
    }

    [Theory]
    [InlineData(new long[] { 128, 64, 3, 3 }, (64 * 9) + (128 * 9))]
    [InlineData(new long[] { 128, 1152 }, 1152 + 128)]
    public void GlorotUniformFillsItsLimits(long[] shape, int fans)
    {
        float[] weights = Initializers.GlorotUniform(shape, Stream);
        double limit = Math.Sqrt(6.0 / fans);

        Assert.InRange(weights.Max(), 0.999 * limit, 1.0001 * limit);
        Assert.InRange(weights.Min(), -1.0001 * limit, -0.999 * limit);
        Assert.Equal(limit / Math.Sqrt(3), Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.01 * limit);
    }

    [Fact]
    public void LayersAndSeedsDrawTheirOwn()
    {
        float[] weights = Initializers.GlorotUniform([10, 10], Stream);
        Assert.NotEqual(weights, Initializers.GlorotUniform([10, 10], Stream with { Layer = 2 }));
        Assert.NotEqual(weights, Initializers.GlorotUniform([10, 10], Stream with { Seed = long.MaxValue }));
        Assert.Equal(weights, Initializers.GlorotUniform([10, 10], Stream));
    }
}
