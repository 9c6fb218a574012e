using System.Runtime.Intrinsics;
using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void NoTwoDrawsShareACounter()
    {
        // Philox maps the counters of one key one to one: blocks are equal only where the counters are.
        var seen = new HashSet<Vector128<uint>>();
        int drawn = 0;
        foreach (var purpose in Enum.GetValues<RandomPurpose>())
        {
            foreach (int layer in (int[])[0, 1, 2, 3, 4, 5])
            {
                foreach (int epoch in (int[])[0, 1, 2, 255, 256, 100_000])
                {
                    foreach (int batch in (int[])[0, 1, 2, 374, 65_536, 60_000 * 1000])
                    {
                        var stream = new RandomStream(long.MaxValue, purpose, layer, epoch, batch);
                        foreach (uint block in (uint[])[0, 1, 7, 8, 1 << 24, 1 << 28])
                        {
                            seen.Add(stream.Block(block));
                            drawn++;
                        }
                    }
                }
            }
        }

        Assert.Equal(drawn, seen.Count);
    }

    [Fact]
    public void SeedsThatDifferInTheirHighestBitsDrawOtherNumbers() =>
        Assert.NotEqual(new RandomStream(1, RandomPurpose.Shuffle).Block(0), new RandomStream((1L << 62) + 1, RandomPurpose.Shuffle).Block(0));

    [Fact]
    public void UniformNumbersLieInsideTheIntervalAndAverageAHalf()
    {
        var stream = new RandomStream(1, RandomPurpose.Initialization);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(i => stream.Uniform((uint)i))];

        Assert.All(draws, draw => Assert.InRange(draw, double.Epsilon, 1 - double.Epsilon));
        Assert.Equal(0.5, draws.Average(), 5 / Math.Sqrt(12 * draws.Length));
    }
}
