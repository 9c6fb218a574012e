using Experiments.Grains.Experiments;

namespace Experiments.Grains.Tests.Experiments;

public class LeaseRuleTests
{
    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 60, false)]
    [InlineData(true, 60.001, true)]
    [InlineData(false, 0, true)]
    public void ALeaseEndsWithItsSiloOrWithAMinuteOfSilence(bool siloLives, double silentSeconds, bool ended) =>
        Assert.Equal(ended, LeaseRule.HasEnded(siloLives, TimeSpan.FromSeconds(silentSeconds)));
}
