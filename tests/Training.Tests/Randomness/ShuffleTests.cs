using Experiments.Training.Randomness;
using Xunit;

namespace Experiments.Training.Tests.Randomness;

public sealed class ShuffleTests
{
    private static readonly int[] Items = [.. Enumerable.Range(100, 1000)];

    [Fact]
    public void EveryItemComesExactlyOnce() => Assert.Equal(Items, Shuffle.Order(Items, seed: 1, epoch: 1).Order());

    [Fact]
    public void EachEpochAndEachSeedHasItsOwnOrderAndAlwaysTheSame()
    {
        Assert.NotEqual(Shuffle.Order(Items, 1, 1), Shuffle.Order(Items, 1, 2));
        Assert.NotEqual(Shuffle.Order(Items, 1, 1), Shuffle.Order(Items, 2, 1));
        Assert.NotEqual(Shuffle.Order(Items, long.MaxValue, 1), Shuffle.Order(Items, long.MaxValue - 1, 1));
        Assert.Equal(Shuffle.Order(Items, 1, 1), Shuffle.Order(Items, 1, 1));
    }

    [Fact]
    public void EveryPermutationIsEquallyLikely()
    {
        const int Epochs = 24_000;
        var counts = Enumerable.Range(1, Epochs)
            .CountBy(epoch => string.Join("", Shuffle.Order([0, 1, 2, 3], seed: 1, epoch)))
            .ToDictionary();
        double chiSquare = counts.Values.Sum(count => Math.Pow(count - (Epochs / 24.0), 2) / (Epochs / 24.0));

        Assert.Equal(24, counts.Count);
        Assert.InRange(chiSquare, 0, 49.7); // 23 degrees of freedom: exceeded once in a thousand
    }

    [Fact]
    public void OneItemAndNoneStayAsTheyAre()
    {
        Assert.Equal([5], Shuffle.Order([5], 1, 1));
        Assert.Empty(Shuffle.Order([], 1, 1));
    }
}
