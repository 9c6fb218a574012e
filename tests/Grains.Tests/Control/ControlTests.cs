using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Orleans.Core.Internal;

namespace Experiments.Grains.Tests.Control;

/// <summary>Verbs on experiments that the test begins and reports of as a slot would; the silo trains nothing.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private static readonly AttemptEnd Stopped = new(AttemptEndReason.Stopped, null);

    private readonly TemporaryFolder _folder = new();
    private LiveSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await LiveSilo.Start(_folder.Path, slots: 0);

    [Fact]
    public async Task TenThousandThatWaitAreCancelledAndRetriedInSecondsAndLeaveTheQueueAndComeBack()
    {
        await Submit("big", 10_000);
        var clock = Stopwatch.StartNew();

        Assert.Equal(new ControlResult(10_000, 0, null), await Do(ControlVerb.Cancel, "big"));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Null(await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token));
        await Reactivate("big");
        var cancelled = await _silo.Snapshot("big");
        Assert.Equal((GridStatus.Cancelled, cancelled.Experiments[0].EndedAt), (cancelled.Grid.Status, cancelled.Grid.CompletedAt));
        Assert.NotNull(cancelled.Grid.CompletedAt);

        Assert.Equal(new ControlResult(10_000, 0, null), await Do(ControlVerb.Retry, "big"));
        Assert.Equal(cancelled.Experiments[0].Id, (await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token))!.ExperimentId);
    }

    [Fact]
    public async Task HundredsThatHaveBegunAreCancelledRetriedPausedAndResumedInSeconds()
    {
        await Submit("begun", 500);
        foreach (var some in (await _silo.Snapshot("begun")).Experiments.Chunk(100))
        {
            await Task.WhenAll(some.Select(row => _silo.Experiment(row.Id).StartAttempt("begun", Some.SlotOfALostSilo(), Some.Token)));
        }

        foreach (var verb in (ControlVerb[])[ControlVerb.Cancel, ControlVerb.Retry, ControlVerb.Pause, ControlVerb.Resume])
        {
            var clock = Stopwatch.StartNew();
            int changed = (await Do(verb, "begun"))!.Changed;
            Assert.Equal(500, changed);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task OneThatWaitsIsPausedAndResumedAndReadsAlikeEverywhere()
    {
        await Submit("grid", 2);

        Assert.Equal(new ControlResult(1, 0, ExperimentStatus.Paused), await Do(ControlVerb.Pause, "grid", "e1"));

        await Reactivate("grid");
        Assert.Equal(ExperimentStatus.Paused, (await _silo.Snapshot("grid")).Experiments[0].Status);
        Assert.Equal(ExperimentStatus.Paused, (await _silo.Grid("grid").GetExperiment("e1", Some.Token))!.Status);
        var taken = (await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token))!;
        Assert.Equal((await _silo.Snapshot("grid")).Experiments[1].Id, taken.ExperimentId);
        Assert.Null(await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token));

        Assert.Equal(new ControlResult(1, 0, ExperimentStatus.Pending), await Do(ControlVerb.Resume, "grid", "e1"));
        Assert.NotNull(await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token));
    }

    [Fact]
    public async Task SubmittingAgainResumesWhatWasPausedAndLeavesWhatWasCancelled()
    {
        var grid = await Submit("grid", 3);
        await Do(ControlVerb.Pause, "grid", "e1");
        await Do(ControlVerb.Cancel, "grid", "e2");

        await _silo.Submit(grid);

        Assert.Equal([ExperimentStatus.Pending, ExperimentStatus.Cancelled, ExperimentStatus.Pending], (await _silo.Snapshot("grid")).Experiments.Select(row => row.Status));
    }

    [Fact]
    public async Task AVerbThatDoesNotApplyChangesNothingAndTellsTheStatus()
    {
        await Submit("grid", 1);
        Assert.Equal(new ControlResult(0, 1, ExperimentStatus.Pending), await Do(ControlVerb.Resume, "grid", "e1"));
        var (experiment, _) = await Begin("grid");
        Assert.Equal(new ControlResult(0, 1, ExperimentStatus.Running), await Do(ControlVerb.Retry, "grid", "e1"));
        Assert.Equal(new ControlResult(0, 1, null), await Do(ControlVerb.Retry, "grid"));
        Assert.Equal(ExperimentStatus.Running, (await experiment.GetSnapshot(Some.Token))!.Status);
        Assert.Null(await Do(ControlVerb.Cancel, "grid", "nothing"));
        Assert.Null(await Do(ControlVerb.Cancel, "nowhere"));
    }

    [Fact]
    public async Task ASlotIsToldToStopAndItsLastEpochIsStillCommitted()
    {
        await Submit("grid", 1);
        var (experiment, lease) = await Begin("grid");

        Assert.Equal(new ControlResult(1, 0, ExperimentStatus.Paused), await Do(ControlVerb.Pause, "grid", "e1"));

        Assert.Equal(LeaseAnswer.Stop, await experiment.Heartbeat(lease, null, [], Some.Token));
        Assert.Equal(LeaseAnswer.Stop, await experiment.CommitEpoch(lease, Some.Epoch(1), Some.Token));
        Assert.Equal(LeaseAnswer.Stop, await experiment.EndAttempt(lease, Stopped, [], Some.Token));
        Assert.Equal(LeaseAnswer.Lost, await experiment.Heartbeat(lease, null, [], Some.Token));
        var snapshot = await _silo.Snapshot("grid");
        Assert.Equal((ExperimentStatus.Paused, 1), (snapshot.Experiments[0].Status, snapshot.Experiments[0].Last!.Epoch));
    }

    [Fact]
    public async Task AResumeWaitsForTheSlotThatStillStops()
    {
        await Submit("grid", 1);
        var (experiment, lease) = await Begin("grid");
        await Do(ControlVerb.Pause, "grid");

        var resuming = Do(ControlVerb.Resume, "grid");
        Assert.Equal(LeaseAnswer.Stop, await experiment.Heartbeat(lease, null, [], Some.Token));
        Assert.False(resuming.IsCompleted);
        await experiment.EndAttempt(lease, Stopped, [], Some.Token);

        Assert.Equal(1, (await resuming)!.Changed);
        Assert.Equal(lease + 1, (await Begin("grid")).Lease);
    }

    [Fact]
    public async Task ASlotOfALostSiloIsNotWaitedFor()
    {
        await Submit("grid", 1);
        await Begin("grid", Some.SlotOfALostSilo());
        await Do(ControlVerb.Cancel, "grid");

        Assert.Equal(1, (await Do(ControlVerb.Retry, "grid"))!.Changed);
        Assert.Equal(ExperimentStatus.Pending, (await _silo.Snapshot("grid")).Experiments[0].Status);
    }

    [Fact]
    public async Task OneWhoseBeginningTheGridNeverHeardOfIsCancelledForEveryReader()
    {
        await Submit("grid", 1);
        var (experiment, _) = await Begin("grid", Some.SlotOfALostSilo());
        string id = (await experiment.GetSnapshot(Some.Token))!.Id;
        await _silo.DisposeAsync();
        ForgetRows();
        _silo = await LiveSilo.Start(_folder.Path, slots: 0);

        await Do(ControlVerb.Cancel, "grid");
        await AssertEverywhere("grid", id, ExperimentStatus.Cancelled);
        Assert.Null(await _silo.Experiment(id).StartAttempt("grid", _silo.ALiveSlot, Some.Token));

        await Do(ControlVerb.Retry, "grid");
        Assert.Equal(2, (await Begin("grid")).Lease);
    }

    [Fact]
    public async Task ARetryStartsTheCountOfAttemptsAnewAndKeepsTheHistory()
    {
        await Submit("grid", 1);
        var (experiment, lease) = await Begin("grid", Some.SlotOfALostSilo());
        await experiment.CommitEpoch(lease, Some.Epoch(1), Some.Token);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Assert.NotNull(await experiment.StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token));
        }

        Assert.Null(await experiment.StartAttempt("grid", _silo.ALiveSlot, Some.Token));
        Assert.Equal(ExperimentStatus.Failed, (await _silo.Snapshot("grid")).Experiments[0].Status);

        Assert.Equal(new ControlResult(1, 0, ExperimentStatus.Pending), await Do(ControlVerb.Retry, "grid", "e1"));

        var again = (await experiment.StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token))!;
        Assert.Equal([Some.Epoch(1)], again.History);
        Assert.NotNull(await experiment.StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token));
        Assert.NotNull(await experiment.StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task OfACancelAndACompletionAtOnceOneWinsForEveryReader(int seed)
    {
        var random = new Random(seed);
        await Submit("grid", 20);
        var runs = new List<(IExperimentGrain Experiment, long Lease, string Id)>();
        for (int index = 0; index < 20; index++)
        {
            var (experiment, lease) = await Begin("grid");
            await experiment.CommitEpoch(lease, Some.Epoch(1), Some.Token);
            await experiment.CommitEpoch(lease, Some.Epoch(2), Some.Token);
            runs.Add((experiment, lease, (await experiment.GetSnapshot(Some.Token))!.Id));
        }

        var outcomes = await Task.WhenAll(runs.Select(async run =>
        {
            bool cancelsFirst = random.Next(2) == 0;
            var first = cancelsFirst ? null : run.Experiment.Complete(run.Lease, Some.Evaluation, [], Some.Token);
            var cancelled = Do(ControlVerb.Cancel, "grid", run.Id);
            var completed = first ?? run.Experiment.Complete(run.Lease, Some.Evaluation, [], Some.Token);
            return (Cancelled: (await cancelled)!.Changed == 1, Completed: await completed == LeaseAnswer.Continue);
        }));

        foreach (var (run, outcome) in runs.Zip(outcomes))
        {
            Assert.NotEqual(outcome.Cancelled, outcome.Completed);
            await AssertEverywhere("grid", run.Id, outcome.Cancelled ? ExperimentStatus.Cancelled : ExperimentStatus.Completed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task VerbsAndBeginningsInAnyOrderComeToOneStatusForEveryReader(int seed)
    {
        var random = new Random(seed);
        await Submit("grid", 30);
        var rows = (await _silo.Snapshot("grid")).Experiments;

        var doing = new List<Task>();
        foreach (var row in rows)
        {
            doing.Add(Task.Run(() => _silo.Experiment(row.Id).StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token)));
            doing.Add(Do(random.Next(2) == 0 ? ControlVerb.Pause : ControlVerb.Cancel, "grid", row.Id));
            doing.Add(Do((ControlVerb)random.Next(4), "grid", row.Id));
        }

        await Task.WhenAll(doing);
        await Do(ControlVerb.Cancel, "grid");

        foreach (var row in rows)
        {
            await AssertEverywhere("grid", row.Id, ExperimentStatus.Cancelled);
            Assert.Null(await _silo.Experiment(row.Id).StartAttempt("grid", _silo.ALiveSlot, Some.Token));
        }

        Assert.Null(await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token));
        await Reactivate("grid");
        Assert.All((await _silo.Snapshot("grid")).Experiments, row => Assert.Equal(ExperimentStatus.Cancelled, row.Status));
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<GridDefinition> Submit(string name, int experiments)
    {
        var grid = Some.Grid(name, Some.FashionMnist, [.. Enumerable.Range(1, experiments).Select(seed => Some.Experiment($"e{seed}", Some.Config(seed: seed)))]);
        await _silo.Submit(grid);
        return grid;
    }

    private Task<ControlResult?> Do(ControlVerb verb, string grid, string? experiment = null) => _silo.Grid(grid).Control(verb, experiment, Some.Token);

    private async Task<(IExperimentGrain Experiment, long Lease)> Begin(string grid, SlotIdentity? slot = null)
    {
        var taken = (await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.FromSeconds(25), Some.Token))!;
        var experiment = _silo.Experiment(taken.ExperimentId);
        return (experiment, (await experiment.StartAttempt(grid, slot ?? _silo.ALiveSlot, Some.Token))!.Number);
    }

    private async Task AssertEverywhere(string grid, string id, ExperimentStatus status)
    {
        Assert.Equal(status, (await _silo.Grid(grid).GetExperiment(id, Some.Token))!.Status);
        Assert.Equal(status, (await _silo.Snapshot(grid)).Experiments.Single(row => row.Id == id).Status);
    }

    private void ForgetRows()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM experiment";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private async Task Reactivate(string grid) => await _silo.Grid(grid).AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);
}
