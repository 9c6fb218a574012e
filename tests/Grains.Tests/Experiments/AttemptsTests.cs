using Experiments.Grains.Experiments;

namespace Experiments.Grains.Tests.Experiments;

public class AttemptsTests
{
    [Theory]
    [InlineData(0, 0, 0, false, 0)]
    [InlineData(2, 0, 0, false, 2)]
    [InlineData(2, 7, 7, false, 2)]
    [InlineData(2, 0, 1, false, 0)]
    [InlineData(2, 7, 8, false, 0)]
    [InlineData(2, 7, 7, true, 0)]
    public async Task OnlyAttemptsThatCameNoFurtherCount(int counted, int epochsAtStart, int epochs, bool hasAdvanced, int expected) =>
        Assert.Equal(expected, await Attempts.Counted(counted, epochsAtStart, epochs, () => Task.FromResult(hasAdvanced)));
}
