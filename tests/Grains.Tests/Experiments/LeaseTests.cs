using Experiments.Grains.Execution;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Experiments;

/// <summary>Leases as slots see them: the silo trains nothing, the test reports as a slot would.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiveSilo _silo = null!;
    private IExperimentGrain _experiment = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await _silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline", Some.Config(epochs: 2))));
        _experiment = _silo.Experiment((await _silo.Snapshot("grid")).Experiments.Single().Id);
    }

    [Fact]
    public async Task OnlyOneSlotGetsALease()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Start(_silo.ALiveSlot)));

        Assert.Equal(1, Assert.Single(leases, lease => lease is not null)!.Number);
        Assert.Equal(1, (await Snapshot()).Attempts);
    }

    [Fact]
    public async Task EveryReportUnderAnOlderLeaseIsRefused()
    {
        var old = (await Start(Some.SlotOfALostSilo()))!;
        Assert.Equal(LeaseAnswer.Continue, await _experiment.CommitEpoch(old.Number, Some.Epoch(1), Some.Token));
        var newer = (await Start(_silo.ALiveSlot))!;

        Assert.Equal(old.Number + 1, newer.Number);
        Assert.Equal([Some.Epoch(1)], newer.History);
        Assert.Equal(LeaseAnswer.Lost, await _experiment.Heartbeat(old.Number, null, [], Some.Token));
        Assert.Equal(LeaseAnswer.Lost, await _experiment.CommitEpoch(old.Number, Some.Epoch(2), Some.Token));
        Assert.Equal(LeaseAnswer.Lost, await _experiment.Complete(old.Number, Some.Evaluation, [], Some.Token));
        Assert.Equal(LeaseAnswer.Lost, await _experiment.EndAttempt(old.Number, new AttemptEnd(AttemptEndReason.Failed, "old"), [], Some.Token));
        Assert.Equal(LeaseAnswer.Continue, await _experiment.Heartbeat(newer.Number, null, [], Some.Token));
        Assert.Single((await Snapshot()).History);
    }

    [Fact]
    public async Task TheEnvironmentsOfAllAttemptsAreTold()
    {
        var lost = Some.SlotOfALostSilo();
        await Start(lost with { Environment = lost.Environment with { CpuCapability = "AVX512" } });
        Assert.Equal("AVX512", (await Snapshot()).Environment!.CpuCapability);
        await Start(_silo.ALiveSlot);

        Assert.Equal(_silo.ALiveSlot.Environment with { CpuCapability = "AVX512 → AVX2" }, (await Snapshot()).Environment);
    }

    [Fact]
    public async Task AFinalExperimentIsLeasedToNobody()
    {
        var lease = (await Start(_silo.ALiveSlot))!;
        await _experiment.EndAttempt(lease.Number, new AttemptEnd(AttemptEndReason.Failed, "it cannot be"), [], Some.Token);

        Assert.Null(await Start(_silo.ALiveSlot));
        Assert.Equal((ExperimentStatus.Failed, "it cannot be"), ((await Snapshot()).Status, (await Snapshot()).Error));
        Assert.Equal(GridStatus.Failed, (await _silo.Snapshot("grid")).Grid.Status);
    }

    [Fact]
    public async Task TellingAgainOfAnEpochOrOfTheEvaluationChangesNothing()
    {
        var lease = (await Start(_silo.ALiveSlot))!;
        foreach (int epoch in new[] { 1, 1, 2, 2, 1 })
        {
            Assert.Equal(LeaseAnswer.Continue, await _experiment.CommitEpoch(lease.Number, Some.Epoch(epoch) with { Seconds = 1 }, Some.Token));
        }

        Assert.Equal(LeaseAnswer.Continue, await _experiment.Complete(lease.Number, Some.Evaluation, [], Some.Token));
        Assert.Equal(LeaseAnswer.Continue, await _experiment.Complete(lease.Number, Some.Evaluation with { WeightsSha256 = "other" }, [], Some.Token));
        var snapshot = await Snapshot();
        Assert.Equal([1, 2], snapshot.History.Select(epoch => epoch.Epoch));
        Assert.Equal((ExperimentStatus.Completed, "w"), (snapshot.Status, snapshot.WeightsSha256));
    }

    [Fact]
    public async Task AttemptsOfLostSilosCountBeforeTheyStartAndTheThirdIsTheLast()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.NotNull(await Start(Some.SlotOfALostSilo()));
            Assert.Equal(attempt, (await Snapshot()).Attempts);
            Assert.False(await _experiment.CheckLease(Some.Token));
            Assert.Equal(ExperimentStatus.Pending, (await Snapshot()).Status);
        }

        Assert.Null(await Start(_silo.ALiveSlot));
        var snapshot = await Snapshot();
        Assert.Equal((ExperimentStatus.Failed, 3), (snapshot.Status, snapshot.Attempts));
        Assert.StartsWith("3 attempts ended by a crash or a lost silo", snapshot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommittedEpochSetsTheCountToZero()
    {
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            await Start(Some.SlotOfALostSilo());
            await Start(Some.SlotOfALostSilo());
            var lease = (await Start(Some.SlotOfALostSilo()))!;
            await _experiment.CommitEpoch(lease.Number, Some.Epoch(epoch), Some.Token);
        }

        Assert.Equal(7, (await Start(_silo.ALiveSlot))!.Number);
    }

    [Fact]
    public async Task AttemptsOfLostSilosThatStoredACheckpointFurtherOnDoNotCount()
    {
        for (int batch = 1; batch <= 4; batch++)
        {
            await StoreCheckpoint(batch, (await Start(Some.SlotOfALostSilo()))!);
        }

        // Three more come no further.
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            await StoreCheckpoint(batch: 4, (await Start(Some.SlotOfALostSilo()))!);
        }

        Assert.Null(await Start(_silo.ALiveSlot));
        Assert.Equal((ExperimentStatus.Failed, 7), ((await Snapshot()).Status, (await Snapshot()).Attempts));
    }

    [Fact]
    public async Task CleanStopsNeverCount()
    {
        for (int stop = 0; stop < 5; stop++)
        {
            var lease = (await Start(_silo.ALiveSlot))!;
            await _experiment.EndAttempt(lease.Number, new AttemptEnd(AttemptEndReason.Stopped, null), [], Some.Token);
        }

        Assert.NotNull(await Start(_silo.ALiveSlot));
    }

    [Fact]
    public async Task ALivingLeaseIsLeftAlone()
    {
        var lease = (await Start(_silo.ALiveSlot))!;

        Assert.True(await _experiment.CheckLease(Some.Token));
        Assert.Equal(LeaseAnswer.Continue, await _experiment.Heartbeat(lease.Number, null, [], Some.Token));
    }

    [Fact]
    public async Task ALeaseOfASiloThatIsJustJoiningIsLeftAlone()
    {
        var joined = Some.SlotOfALostSilo();
        await Start(joined);
        var table = _silo.Services.GetRequiredService<IMembershipTable>();
        var member = new MembershipEntry
        {
            SiloAddress = joined.Silo, HostName = "other", SiloName = "other", Status = SiloStatus.Joining, StartTime = DateTime.UtcNow, IAmAliveTime = DateTime.UtcNow,
        };
        Assert.True(await table.InsertRowAsync(member, (await table.ReadAllAsync(Some.Token)).Version.Next(), Some.Token));
        Assert.DoesNotContain(joined.Silo, _silo.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Keys);

        Assert.True(await _experiment.CheckLease(Some.Token));

        Assert.Null(await Start(_silo.ALiveSlot));
    }

    [Fact]
    public async Task AFullStoragePausesUntilTheGridIsSubmittedAgain()
    {
        var lease = (await Start(_silo.ALiveSlot))!;
        await _experiment.EndAttempt(lease.Number, new AttemptEnd(AttemptEndReason.StorageFull, "no space at /data"), [], Some.Token);
        Assert.Null(await Start(_silo.ALiveSlot));
        var paused = await _silo.Snapshot("grid");
        Assert.Equal((GridStatus.Paused, "no space at /data"), (paused.Grid.Status, paused.Experiments[0].Error));

        await _silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline", Some.Config(epochs: 2))));

        Assert.Equal(ExperimentStatus.Pending, (await Snapshot()).Status);
        Assert.Equal(lease.Number + 1, (await Start(_silo.ALiveSlot))!.Number);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Lease?> Start(SlotIdentity slot) => _experiment.StartAttempt("grid", slot, Some.Token);

    private Task StoreCheckpoint(int batch, Lease lease) => _silo.Services.GetRequiredService<ICheckpointStore>().WriteAsync(
        lease.Assignment.ExperimentId, CheckpointName.Of(new TrainingPosition { Batch = batch }, lease.Number), Some.Bytes(100), Some.Token);

    private async Task<ExperimentSnapshot> Snapshot() => (await _experiment.GetSnapshot(Some.Token))!;
}
