using Experiments.Client.Doctor;
using Xunit.Sdk;

namespace Experiments.Client.Tests.Doctor;

public sealed class FindingTests
{
    [Theory]
    [InlineData("'db on h:5432' cannot be used (no. not now). Wait: it starts.", "'db on h:5432' cannot be used (no. not now).", "Wait: it starts.")]
    [InlineData("X=y: this machine has Z; leave the variable out.", "X=y: this machine has Z.", "Leave the variable out.")]
    [InlineData("X=y: give a URL, such as http://localhost:4317.", "X=y cannot be used.", "Give a URL, such as http://localhost:4317.")]
    [InlineData("f: is damaged\nor cut off; fetch it again.", "f: is damaged or cut off.", "Fetch it again.")]
    public void A_message_for_users_is_divided_into_what_is_seen_and_the_remedy(string message, string seen, string remedy) =>
        Assert.Equal(Finding.Fault(seen, remedy), Finding.Fault(new InvalidOperationException(message)));

    [Fact]
    public async Task A_check_that_does_not_come_back_is_not_waited_for()
    {
        var late = Finding.Note("It is late.", "Wait.");
        using var never = new ManualResetEventSlim();
        var check = Check.Of("stuck", () => { never.Wait(TestContext.Current.CancellationToken); throw new XunitException("It was waited for."); }, late);

        Assert.Equal(new("stuck", late), await check.Run(Check.UsualPatience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_check_that_fails_itself_is_a_fault_of_its_own()
    {
        var found = await Check.Of("broken", () => throw new InvalidOperationException("Oh.\nDear."), Finding.Ok("")).Run(Check.UsualPatience, TestContext.Current.CancellationToken);

        Assert.Equal(FindingStatus.Fault, found.Finding.Status);
        Assert.Equal("The check itself failed (InvalidOperationException: Oh. Dear).", found.Finding.Seen);
    }

    [Fact]
    public async Task A_check_is_left_when_the_user_stops_it()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = new Check("stopped", async cancellation => { await Task.Delay(Timeout.Infinite, cancellation); return Finding.Ok(""); }, Finding.Ok("late")).Run(Check.UsualPatience, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
