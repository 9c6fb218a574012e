using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

public sealed class TrainTestSplitTests
{
    [Fact]
    public void TheGeneratorIsMt19937()
    {
        // The first and the 10,000th number of the standard's default seed: C++ [rand.predef].
        var random = new MersenneTwister(5489);
        uint[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => random.Next())];

        Assert.Equal(3499211612, numbers[0]);
        Assert.Equal(4123659995, numbers[^1]);
    }

    [Fact]
    public void TheNotebooksSplitIsScikitLearns()
    {
        var split = TrainTestSplit.Create(60_000, 0.2, 2018);

        Assert.Equal([44499, 34146, 49119, 31286, 29550], split.Train.Take(5));
        Assert.Equal([14630, 38459, 47218, 54775, 12499], split.Validation.Take(5));
        Assert.Equal((48_000, 12_000), (split.Train.Length, split.Validation.Length));
        Assert.Equal(Enumerable.Range(0, 60_000), split.Train.Concat(split.Validation).Order());
    }

    [Theory]
    [InlineData(42, new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 })]
    [InlineData(0, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    public void SmallOnesComeFromNumPysPermutation(uint seed, int[] permutation)
    {
        var split = TrainTestSplit.Create(10, 0.2, seed);

        Assert.Equal(permutation[..2], split.Validation);
        Assert.Equal(permutation[2..], split.Train);
    }

    [Fact]
    public async Task ItsClassesAreTheNotebooks()
    {
        var dataset = await FashionMnist.Required();
        var split = TrainTestSplit.Create(dataset.Train.Count, 0.2, 2018);

        Assert.Equal([4792, 4770, 4822, 4829, 4730, 4806, 4802, 4805, 4812, 4832], ClassDistribution.Count(dataset.Train.Labels, 10, split.Train));
        Assert.Equal([1208, 1230, 1178, 1171, 1270, 1194, 1198, 1195, 1188, 1168], ClassDistribution.Count(dataset.Train.Labels, 10, split.Validation));
    }

    [Theory]
    [InlineData(2, 0.5, 1)]
    [InlineData(3, 0.2, 1)]
    [InlineData(10, 0.25, 3)]
    [InlineData(10, 0.3, 3)]
    [InlineData(10, 0.001, 1)]
    [InlineData(1000, 0.9, 900)]
    public void TheShareIsRoundedUpAsScikitLearnDoes(int count, double share, int validation)
    {
        var split = TrainTestSplit.Create(count, share, uint.MaxValue);

        Assert.Equal(validation, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, count), split.Train.Concat(split.Validation).Order());
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(4, 0.99)]
    public void NothingLeftToTrainOnIsRefused(int count, double share)
    {
        var fault = Assert.Throws<DatasetException>(() => TrainTestSplit.Create(count, share, 1));
        Assert.StartsWith(FormattableString.Invariant($"split.validation: {share} of {count} training images leaves none to train on"), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void AShareOutsideItsRangeIsRefused(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestSplit.Create(10, share, 1));
}
