using Orleans.Core.Internal;

namespace Experiments.Grains.Tests.Control;

/// <summary>Questions whose answer was lost, and which are asked again as a client asks them; the silo trains nothing.</summary>
public sealed class AskedAgainTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiveSilo _silo = null!;

    private static GridDefinition Grid => Some.Grid("grid", Some.FashionMnist, Some.Experiment("one"), Some.Experiment("two"), Some.Experiment("three"));

    public async ValueTask InitializeAsync() => _silo = await LiveSilo.Start(_folder.Path, slots: 0);

    [Fact]
    public async Task ASubmitStillSaysThatItCreatedTheGridAndALaterOneThatItDidNot()
    {
        RequestIdentity.Begin();
        await _silo.Submit(Grid);
        await Reactivate();

        Assert.True((await _silo.Submit(Grid)).Created);
        RequestIdentity.Begin();
        Assert.False((await _silo.Submit(Grid)).Created);
    }

    [Theory]
    [InlineData(ControlVerb.Cancel, null)]
    [InlineData(ControlVerb.Pause, null)]
    [InlineData(ControlVerb.Cancel, "one")]
    [InlineData(ControlVerb.Pause, "three")]
    public async Task AVerbIsAnsweredAsTheFirstTimeAndALaterOneFindsNothingToDo(ControlVerb verb, string? experiment)
    {
        await _silo.Submit(Grid);
        await Begin(number: 1);
        await Begin(number: 2);
        RequestIdentity.Begin();
        var first = await Do(verb, experiment);
        await Reactivate();

        Assert.Equal(experiment is null ? 3 : 1, first.Changed);
        Assert.Equal(first, await Do(verb, experiment));
        RequestIdentity.Begin();
        Assert.Equal(0, (await Do(verb, experiment)).Changed);
    }

    [Fact]
    public async Task ARetryIsNotRepeatedForWhatHasFailedAnew()
    {
        await _silo.Submit(Grid);
        await Fail(await Begin(number: 1));
        await Fail(await Begin(number: 2));
        RequestIdentity.Begin();
        Assert.Equal(new ControlResult(2, 1, null), await Do(ControlVerb.Retry));
        await Fail(await Begin(number: 1));
        await Reactivate();

        Assert.Equal(new ControlResult(2, 1, null), await Do(ControlVerb.Retry));

        Assert.Equal(
            [ExperimentStatus.Failed, ExperimentStatus.Pending, ExperimentStatus.Pending], (await _silo.Snapshot("grid")).Experiments.Select(row => row.Status));
    }

    [Fact]
    public async Task ADeleteOfAGridThatIsGoneSucceedsAndSparesAnotherOfItsName()
    {
        await _silo.Submit(Grid);
        string id = await _silo.IdOf("grid");
        await Do(ControlVerb.Cancel);
        Assert.Equal(0, await _silo.Grid("grid").Delete(id, Some.Token));
        Assert.Equal(0, await _silo.Grid("grid").Delete(id, Some.Token));
        await _silo.Submit(Grid);
        await Do(ControlVerb.Cancel);

        Assert.Equal(0, await _silo.Grid("grid").Delete(id, Some.Token));

        Assert.NotEqual(id, await _silo.IdOf("grid"));
        Assert.Equal(3, (await _silo.Snapshot("grid")).Experiments.Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ControlResult> Do(ControlVerb verb, string? experiment = null) => (await _silo.Grid("grid").Control(verb, experiment, Some.Token))!;

    /// <param name="number">In the grid, from 1.</param>
    private async Task<Lease> Begin(int number) =>
        (await _silo.Experiment(GrainKeys.ExperimentId(await _silo.IdOf("grid"), number)).StartAttempt("grid", _silo.ALiveSlot, Some.Token))!;

    private Task<LeaseAnswer> Fail(Lease lease) =>
        _silo.Experiment(lease.Assignment.ExperimentId).EndAttempt(lease.Number, new AttemptEnd(AttemptEndReason.Failed, "it cannot be"), [], Some.Token);

    /// <summary>What the grid's grain had in memory alone is lost, as with its silo.</summary>
    private async Task Reactivate() => await _silo.Grid("grid").AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);
}
