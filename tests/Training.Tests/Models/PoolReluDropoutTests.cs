using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed unsafe class PoolReluDropoutTests
{
    private const int Channels = 32;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatIsNotANumberComesThroughFromAnyOfTheFourInputs(int position)
    {
        float[] z = [.. Enumerable.Repeat(1f, 4 * Channels)];
        z[(position * Channels) + 5] = float.NaN;

        float[] y = Pool(z, height: 2, width: 2);

        Assert.True(float.IsNaN(y[5]));
        Assert.All(y.Where((_, channel) => channel != 5), value => Assert.Equal(1, value));
    }

    [Fact]
    public void OfEqualInputsTheFirstHasTheGradient()
    {
        float[] gz = Gradient([.. Enumerable.Repeat(1f, 4 * Channels)], height: 2, width: 2);
        Assert.Equal([.. Enumerable.Repeat(1f, Channels), .. new float[3 * Channels]], gz);
    }

    [Fact]
    public void TheOddRowAndColumnAreLeftOut()
    {
        float[] z = [.. Enumerable.Range(0, 3 * 3 * Channels).Select(i => 1f + (i / Channels))];

        Assert.All(Pool(z, height: 3, width: 3), value => Assert.Equal(5, value));
        float[] gz = Gradient(z, height: 3, width: 3);
        Assert.Equal(Channels, gz.Count(gradient => gradient == 1));
        Assert.All(gz[(4 * Channels)..(5 * Channels)], gradient => Assert.Equal(1, gradient));
    }

    private static float[] Pool(float[] z, int height, int width) => Run(z, height, width).Y;

    private static float[] Gradient(float[] z, int height, int width) => Run(z, height, width).Gz;

    /// <summary>Of one image without a bias; the gradient of the output is one everywhere.</summary>
    private static (float[] Y, float[] Gz) Run(float[] z, int height, int width)
    {
        int outputs = height / 2 * (width / 2) * Channels;
        float[] y = new float[outputs], gz = new float[z.Length], gy = [.. Enumerable.Repeat(1f, outputs)], bias = new float[Channels], gbias = new float[Channels];
        byte[] winner = new byte[outputs];
        fixed (float* pz = z, py = y, pgz = gz, pgy = gy, pb = bias, pgb = gbias)
        fixed (byte* pw = winner)
        {
            PoolReluDropout.Forward(pz, pb, mask: null, scale: 1, py, pw, images: 1, height, width, Channels);
            PoolReluDropout.Backward(pgy, pw, scale: 1, pgz, pgb, images: 1, height, width, Channels);
        }

        return (y, gz);
    }
}
