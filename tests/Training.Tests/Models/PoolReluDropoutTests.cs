using System.Runtime.Intrinsics;
using Experiments.Training.Models;
using Xunit;

namespace Experiments.Training.Tests.Models;

/// <summary>Of one window, in vectors of eight and of sixteen.</summary>
public sealed unsafe class PoolReluDropoutTests
{
    private const int Filters = 24, Outputs = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatIsNotANumberComesThroughFromAnyOfTheFourOutputs(int position)
    {
        float[] z = [.. Enumerable.Repeat(1f, Outputs * Filters)];
        int[] odd = [5, 21];
        foreach (int filter in odd) z[(position * Filters) + filter] = float.NaN;

        var (y, winner) = Pool(z);

        Assert.All(odd, filter => Assert.True(float.IsNaN(y[filter])));
        Assert.All(odd, filter => Assert.Equal(position, winner[filter]));
        Assert.All(y.Where((_, filter) => !odd.Contains(filter)), value => Assert.Equal(1, value));
    }

    [Fact]
    public void OfEqualOutputsTheFirstHasTheGradient() =>
        Assert.All(Pool([.. Enumerable.Repeat(1f, Outputs * Filters)]).Winner, winner => Assert.Equal(0, winner));

    [Fact]
    public void TheLargestWinsWithItsBiasAndScale()
    {
        float[] z = [.. Enumerable.Range(0, Outputs * Filters).Select(i => i / Filters == i % Outputs ? 3f : 1f)];

        var (y, winner) = Pool(z, bias: 0.5f, scale: 2);

        Assert.All(y, value => Assert.Equal(7, value));
        Assert.Equal(Enumerable.Range(0, Filters).Select(filter => (byte)(filter % Outputs)), winner);
    }

    [Fact]
    public void WhatIsNotAboveZeroOrIsDroppedHasNoWinner()
    {
        float[] z = [.. Enumerable.Range(0, Outputs * Filters).Select(i => i % Filters is 3 or 20 ? -1f : 1f)];
        byte[] mask = [.. Enumerable.Range(0, Filters).Select(filter => filter is 7 or 18 ? (byte)0 : (byte)0xFF)];

        var (y, winner) = Pool(z, mask);

        Assert.Equal([3, 7, 18, 20], Enumerable.Range(0, Filters).Where(filter => winner[filter] == PoolReluDropout.None));
        Assert.Equal([3, 7, 18, 20], Enumerable.Range(0, Filters).Where(filter => y[filter] == 0));
    }

    /// <param name="z">[outputs, filters].</param>
    private static (float[] Y, byte[] Winner) Pool(float[] z, byte[]? mask = null, float bias = 0, float scale = 1)
    {
        float[] y = new float[Filters];
        byte[] winner = new byte[Filters];
        fixed (float* pz = z, py = y)
        fixed (byte* pw = winner, pm = mask)
        {
            PoolReluDropout.Pool(
                Vector512.Load(pz), Vector512.Load(pz + Filters), Vector512.Load(pz + (2 * Filters)), Vector512.Load(pz + (3 * Filters)),
                Vector512.Create(bias), pm, scale, py, pw);
            PoolReluDropout.Pool(
                Vector256.Load(pz + 16), Vector256.Load(pz + Filters + 16), Vector256.Load(pz + (2 * Filters) + 16), Vector256.Load(pz + (3 * Filters) + 16),
                Vector256.Create(bias), pm == null ? null : pm + 16, scale, py + 16, pw + 16);
        }

        return (y, winner);
    }
}
