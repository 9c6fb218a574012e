namespace Experiments.Grains.Tests.Control;

public class ControlVerbsTests
{
    [Theory]
    [InlineData(ControlVerb.Cancel, "Cancelled Cancelled Cancelled - - -")]
    [InlineData(ControlVerb.Pause, "Paused Paused - - - -")]
    [InlineData(ControlVerb.Resume, "- - Pending - - -")]
    [InlineData(ControlVerb.Retry, "- - - - Pending Pending")]
    public void AVerbAppliesToTheseOfPendingRunningPausedCompletedCancelledAndFailed(ControlVerb verb, string becomes) =>
        Assert.Equal(becomes, string.Join(' ', Enum.GetValues<ExperimentStatus>().Select(status => verb.Applied(status)?.ToString() ?? "-")));
}
