using Experiments.Grains.Experiments;

namespace Experiments.Grains.Tests.Experiments;

public class LeaseRuleTests
{
    [Theory]
    [InlineData(7, ExperimentStatus.Running, false, LeaseAnswer.Continue)]
    [InlineData(6, ExperimentStatus.Running, false, LeaseAnswer.Lost)]
    [InlineData(7, ExperimentStatus.Pending, false, LeaseAnswer.Lost)]
    [InlineData(7, ExperimentStatus.Paused, true, LeaseAnswer.Stop)]
    [InlineData(7, ExperimentStatus.Cancelled, true, LeaseAnswer.Stop)]
    [InlineData(6, ExperimentStatus.Cancelled, true, LeaseAnswer.Lost)]
    [InlineData(7, ExperimentStatus.Cancelled, false, LeaseAnswer.Lost)]
    [InlineData(7, ExperimentStatus.Completed, false, LeaseAnswer.Lost)]
    public void OnlyTheLastLeaseIsHeardAndOneThatIsToStopUntilItHas(long reported, ExperimentStatus status, bool isStopping, LeaseAnswer answer) =>
        Assert.Equal(answer, LeaseRule.Answer(reported, last: 7, status, isStopping));

    [Theory]
    [InlineData(true, 0, null)]
    [InlineData(true, 60, null)]
    [InlineData(true, 60.001, AttemptOutcome.SlotSilent)]
    [InlineData(false, 0, AttemptOutcome.SiloLost)]
    public void ALeaseEndsWithItsSiloOrWithAMinuteOfSilence(bool siloLives, double silentSeconds, AttemptOutcome? ended) =>
        Assert.Equal(ended, LeaseRule.Ended(siloLives, TimeSpan.FromSeconds(silentSeconds)));
}
