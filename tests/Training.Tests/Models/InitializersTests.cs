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
        float[] weights = Initializers.Draw(Initializer.HeNormal, [2000, 4, 3, 3], Stream);
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
        float[] weights = Initializers.Draw(Initializer.GlorotUniform, shape, Stream);
        double limit = Math.Sqrt(6.0 / fans);

        Assert.InRange(weights.Max(), 0.999 * limit, 1.0001 * limit);
        Assert.InRange(weights.Min(), -1.0001 * limit, -0.999 * limit);
        Assert.Equal(limit / Math.Sqrt(3), Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.01 * limit);
    }

    [Theory]
    [InlineData(Initializer.GlorotUniform, 2.0 / (36 + 18_000), false)]
    [InlineData(Initializer.GlorotNormal, 2.0 / (36 + 18_000), true)]
    [InlineData(Initializer.HeUniform, 2.0 / 36, false)]
    [InlineData(Initializer.HeNormal, 2.0 / 36, true)]
    [InlineData(Initializer.LecunUniform, 1.0 / 36, false)]
    [InlineData(Initializer.LecunNormal, 1.0 / 36, true)]
    public void EachHasItsVarianceAndItsShape(Initializer initializer, double variance, bool isNormal)
    {
        float[] weights = Initializers.Draw(initializer, [2000, 4, 3, 3], Stream);

        Assert.Equal(1, weights.Average(weight => (double)weight * weight) / variance, 0.02);

        // The fourth moment over the square of the second: 9/5 of a uniform distribution, 2.37 of a normal one cut at two deviations.
        Assert.Equal(isNormal ? 2.37 : 1.8, weights.Average(weight => Math.Pow(weight, 4)) / (variance * variance), 0.1);
    }

    [Fact]
    public void LayersAndSeedsDrawTheirOwn()
    {
        float[] weights = Initializers.Draw(Initializer.GlorotUniform, [10, 10], Stream);
        Assert.NotEqual(weights, Initializers.Draw(Initializer.GlorotUniform, [10, 10], Stream with { Layer = 2 }));
        Assert.NotEqual(weights, Initializers.Draw(Initializer.GlorotUniform, [10, 10], Stream with { Seed = long.MaxValue }));
        Assert.Equal(weights, Initializers.Draw(Initializer.GlorotUniform, [10, 10], Stream));
    }
}
