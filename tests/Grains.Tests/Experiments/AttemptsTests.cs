using Experiments.Grains.Experiments;

namespace Experiments.Grains.Tests.Experiments;

public class AttemptsTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(2, 0, 0, 2)]
    [InlineData(2, 7, 7, 2)]
    [InlineData(2, 0, 1, 0)]
    [InlineData(2, 7, 8, 0)]
    public void OnlyAttemptsWithoutACommittedEpochCount(int counted, int epochsAtStart, int epochs, int expected) =>
        Assert.Equal(expected, Attempts.Counted(counted, epochsAtStart, epochs));
}
