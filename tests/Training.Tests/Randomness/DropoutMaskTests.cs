using Experiments.Training.Models;
using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class DropoutMaskTests
{
    private static readonly RandomStream Stream = new(1, RandomPurpose.Dropout, Layer: 1, Epoch: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void EachElementTakesTheBitsThatAreDocumented(int length)
    {
        const double Rate = 0.3;
        byte[] expected = [.. Enumerable.Range(0, length).Select(e =>
        {
            var (group, k) = (e / 64, e % 64);
            uint word = Stream.Block((uint)((8 * group) + (k % 8)))[k / 8 % 4];
            uint bits = k / 32 == 0 ? word & 0xFFFF : word >> 16;
            return (byte)(bits >= Math.Round(Rate * 65536) ? 0xFF : 0);
        })];

        Assert.Equal(expected, Mask(length, Rate, Stream));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void TheShareDroppedIsTheRate(double rate)
    {
        const int Length = 1_000_003;
        int dropped = Mask(Length, rate, Stream).Count(kept => kept == 0);

        Assert.InRange(dropped - (rate * Length), -5 * Math.Sqrt(Length * rate * (1 - rate)), 5 * Math.Sqrt(Length * rate * (1 - rate)));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void WhatIsKeptIsScaledSoThatTheSumIsExpectedToStay(double rate)
    {
        const int Length = 1_000_000;
        var dropout = new Dropout(rate, layer: 1, seed: 1);
        int kept = dropout.Mask(Length, new BatchPosition(Epoch: 1, Batch: 0)).Count((byte)0xFF);

        Assert.Equal((float)(1 / (1 - rate)), dropout.Scale);
        Assert.Equal(1, (double)kept * dropout.Scale / Length, 5 * Math.Sqrt(rate / (1 - rate) / Length));
    }

    [Fact]
    public void MasksOfOtherBatchesEpochsLayersAndSeedsAreIndependent()
    {
        const int Length = 100_000;
        RandomStream[] streams = [Stream, Stream with { Batch = 1 }, Stream with { Epoch = 2 }, Stream with { Layer = 2 }, Stream with { Seed = 2 }];
        byte[][] masks = [.. streams.Select(stream => Mask(Length, 0.5, stream))];

        for (int a = 0; a < masks.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                int same = masks[a].Zip(masks[b]).Count(pair => pair.First == pair.Second);
                Assert.InRange(same - (Length / 2.0), -5 * Math.Sqrt(Length) / 2, 5 * Math.Sqrt(Length) / 2);
            }
        }
    }

    [Fact]
    public void NothingBesideTheMaskIsWritten()
    {
        byte[] memory = [.. Enumerable.Repeat((byte)7, 200)];
        DropoutMask.Fill(memory.AsSpan(10, 100), 0.5, Stream);

        Assert.All(memory.Take(10).Concat(memory.Skip(110)), value => Assert.Equal(7, value));
        Assert.All(memory.Skip(10).Take(100), value => Assert.True(value is 0 or 0xFF));
    }

    private static byte[] Mask(int length, double rate, RandomStream stream)
    {
        var mask = new byte[length];
        DropoutMask.Fill(mask, rate, stream);
        return mask;
    }
}
