using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

public sealed unsafe class PoolReluDropoutTests
{
    private const int Channels = 40;

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
        Assert.All(Run([.. Enumerable.Repeat(1f, 4 * Channels)], height: 2, width: 2).Winner, winner => Assert.Equal(0, winner));
    }

    [Fact]
    public void TheOddRowAndColumnAreLeftOut()
    {
        float[] z = [.. Enumerable.Range(0, 3 * 3 * Channels).Select(i => 1f + (i / Channels))];

        Assert.All(Pool(z, height: 3, width: 3), value => Assert.Equal(5, value));
        Assert.All(Run(z, height: 3, width: 3).Winner, winner => Assert.Equal(3, winner));
    }

    private static float[] Pool(float[] z, int height, int width) => Run(z, height, width).Y;

    [Fact]
    public void WhatIsNotAboveZeroOrIsDroppedHasNoWinner()
    {
        float[] z = [.. Enumerable.Range(0, 4 * Channels).Select(i => i % Channels == 3 ? -1f : 1f)];
        byte[] mask = [.. Enumerable.Range(0, Channels).Select(channel => channel == 7 ? (byte)0 : (byte)0xFF)];

        var (y, winner) = Run(z, height: 2, width: 2, mask);

        Assert.Equal([3, 7], Enumerable.Range(0, Channels).Where(channel => winner[channel] == PoolReluDropout.None));
        Assert.Equal([3, 7], Enumerable.Range(0, Channels).Where(channel => y[channel] == 0));
    }

    /// <summary>Of one image without a bias.</summary>
    private static (float[] Y, byte[] Winner) Run(float[] z, int height, int width, byte[]? mask = null)
    {
        int outputs = height / 2 * (width / 2) * Channels;
        float[] y = new float[outputs], bias = new float[Channels];
        byte[] winner = new byte[outputs];
        fixed (float* pz = z, py = y, pb = bias)
        fixed (byte* pw = winner, pm = mask)
        {
            PoolReluDropout.Forward(pz, pb, pm, scale: 1, py, pw, images: 1, height, width, Channels);
        }

        return (y, winner);
    }
}
