using Experiments.Grains.Experiments;
using Experiments.Grains.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Serialization;

namespace Experiments.Grains.Tests.Experiments;

/// <summary>The journal as a client reads it through the grid; the silo trains nothing, the test reports as a slot would.</summary>
public sealed class ExperimentJournalTests : IAsyncLifetime
{
    /// <summary>What version 0.1.0 stored of an experiment that failed after an epoch, before there was a journal.</summary>
    private const string WithoutJournal =
        "ICDoQBlrNTJ4bXV3bmdnLTFBCWdyaWRBFWs1MnhtdXduZ2ch6EARYmFzZWxpbmXBDyHoIOiAmpmZmZmZyT8Bih/gIegACQGBgfyp8dJNYlA/AQXgIeiAAAAAAAAAAACBAAAAAAAAAACBAAAAAAAAAACBAAAAAAAAAADg4OAh6EAbZmFzaGlvbi1tbmlzdEGBYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYcEBAQEBAeABDeABFQEFAQUBBQEBIeggQAl/AAABAQMBBeAh6EANMi4xMC4wQQlBVlgyAQVBCzAuMS4w4OBBGWFuIG9sZCBlcnJvcsEBIYAxJwEW10vfCIEAAAAAAAAAAOABAcEB4A==";

    private readonly TemporaryFolder _folder = new();
    private LiveSilo _silo = null!;
    private IExperimentGrain _experiment = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await _silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline", Some.Config(epochs: 2)), Some.Experiment("waits", Some.Config(seed: 2))));
        _experiment = _silo.Experiment((await _silo.Snapshot("grid")).Experiments[0].Id);
    }

    [Fact]
    public async Task EveryAttemptIsToldWithItsSlotItsEpochsAndWhyItEnded()
    {
        var lost = Some.SlotOfALostSilo();
        await Begin(lost);
        await _experiment.CommitEpoch(await Begin(lost), Some.Epoch(1), Some.Token);
        await _experiment.CheckLease(Some.Token);
        await EndAttempt(await Begin(), AttemptEndReason.Stopped, null);
        await EndAttempt(await Begin(), AttemptEndReason.Hung, null);
        long paused = await Begin();
        await Do(ControlVerb.Pause);
        await _experiment.CommitEpoch(paused, Some.Epoch(2), Some.Token);
        await EndAttempt(paused, AttemptEndReason.Stopped, null);
        await Do(ControlVerb.Resume);
        await EndAttempt(await Begin(), AttemptEndReason.StorageFull, "no space at /data");
        await Do(ControlVerb.Resume);
        await EndAttempt(await Begin(), AttemptEndReason.Failed, "it cannot be");
        await Do(ControlVerb.Retry);
        long last = await Begin();
        var running = (await Read()).Attempts[^1];
        await _experiment.Complete(last, Some.Evaluation, [], Some.Token);

        var journal = await Read();

        string here = _silo.ALiveSlot.Silo.ToParsableString(), there = lost.Silo.ToParsableString();
        Assert.Equal(
            [
                (1, there, 0, 0, AttemptOutcome.SiloLost, null),
                (2, there, 0, 1, AttemptOutcome.SiloLost, null),
                (3, here, 1, 1, AttemptOutcome.SiloStopped, null),
                (4, here, 1, 1, AttemptOutcome.Hung, null),
                (5, here, 1, 2, AttemptOutcome.Paused, null),
                (6, here, 2, 2, AttemptOutcome.StorageFull, "no space at /data"),
                (7, here, 2, 2, AttemptOutcome.Failed, "it cannot be"),
                (8, here, 2, 2, AttemptOutcome.Completed, (string?)null),
            ],
            journal.Attempts.Select(attempt => (attempt.Lease, attempt.Silo, attempt.EpochsBefore, attempt.EpochsAfter, attempt.Outcome!.Value, attempt.Error)));
        Assert.All(journal.Attempts, attempt => Assert.True(attempt.From <= attempt.To));
        Assert.Equal((8, null, null), (running.Lease, running.To, running.Outcome));
        Assert.Equal(
            ["Paused.", "The slot has stopped after epoch 2; its checkpoint is stored.", "Resumed.", "Attempt 6 begins", "Paused: no space at /data", "Resumed.", "Attempt 7 begins", "Failed: it cannot be", "Tried again."],
            journal.Log.Select(line => line.Text.Split(" on ")[0]).SkipWhile(text => text != "Paused.").Take(9));
    }

    [Fact]
    public async Task ASlotsNotesAreReadAtOnceAndKeptByWritesThatHappenAnyway()
    {
        long lease = await Begin();
        var note = new JournalLine(DateTimeOffset.UtcNow, JournalLevel.Warning, "The disk is slow: 12 ms", 3);
        await _experiment.Heartbeat(lease, null, [note], Some.Token);
        Assert.Equal(note, (await Read()).Log[^1]);

        await _experiment.CommitEpoch(lease, Some.Epoch(1), Some.Token);
        await _experiment.Heartbeat(lease, null, [], Some.Token);
        await _experiment.CommitEpoch(lease, Some.Epoch(2), Some.Token);
        await _experiment.Heartbeat(lease - 1, null, [note with { Text = "stale" }], Some.Token);
        await _experiment.Complete(lease, Some.Evaluation, [note], Some.Token);

        Assert.Equal(2L, Execute("SELECT Version FROM OrleansStorage WHERE GrainTypeString LIKE '%experiment%'"));
        await _experiment.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);
        var journal = await Read();
        Assert.Equal(["Attempt 1 begins", "The disk is slow: 12 ms", "Attempt 1 has completed the training with epoch 2."], journal.Log.Select(line => line.Text.Split(" on ")[0]));
        Assert.Equal(note, journal.Log[1]);
    }

    [Fact]
    public async Task OneThatWasNeverBegunHasAnEmptyJournalAndOneThatIsNotThereNone()
    {
        var waiting = await _silo.Grid("grid").GetJournal("waits", Some.Token);

        Assert.NotNull(waiting);
        Assert.Empty(waiting.Attempts);
        Assert.Empty(waiting.Log);
        Assert.Null(await _silo.Grid("grid").GetJournal("nobody", Some.Token));
        Assert.Null(await _silo.Grid("nothing").GetJournal("baseline", Some.Token));
    }

    [Fact]
    public async Task AnAttemptThatCouldNotBePersistedForWantOfSpaceWasNone()
    {
        using var device = new SmallDevice(megabytes: 2);
        await using var silo = await LiveSilo.Start(device.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline")));
        var experiment = silo.Experiment((await silo.Snapshot("grid")).Experiments[0].Id);
        foreach (int bytes in (int[])[100_000, 1_000, 10])
        {
            await Assert.ThrowsAsync<StorageFullException>(() => Fill(silo, bytes));
        }

        Assert.Null(await experiment.StartAttempt("grid", silo.ALiveSlot, Some.Token));
        var full = await experiment.GetJournal(Some.Token);
        device.Resize(megabytes: 16);
        await silo.Grid("grid").Control(ControlVerb.Resume, "baseline", Some.Token);
        await experiment.StartAttempt("grid", silo.ALiveSlot, Some.Token);

        Assert.Empty(full.Attempts);
        Assert.StartsWith("Paused: No space left to write to", Assert.Single(full.Log).Text, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single((await experiment.GetJournal(Some.Token)).Attempts).Lease);
    }

    [Fact]
    public void AStateThatWasWrittenWithoutAJournalHasAnEmptyOne()
    {
        var state = _silo.Services.GetRequiredService<Serializer>().Deserialize<ExperimentState>(Convert.FromBase64String(WithoutJournal))!;

        Assert.Equal((ExperimentStatus.Failed, "an old error", 1), (state.Status, state.Error, state.Attempts));
        Assert.Equal("baseline", state.Assignment!.Definition.Name);
        Assert.Empty(state.Journal.ForReaders(epochs: 1).Attempts);
        Assert.Empty(state.Journal.ForReaders(epochs: 1).Log);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<long> Begin(SlotIdentity? slot = null) => (await _experiment.StartAttempt("grid", slot ?? _silo.ALiveSlot, Some.Token))!.Number;

    private Task<LeaseAnswer> EndAttempt(long lease, AttemptEndReason reason, string? error) => _experiment.EndAttempt(lease, new AttemptEnd(reason, error), [], Some.Token);

    private Task<ControlResult?> Do(ControlVerb verb) => _silo.Grid("grid").Control(verb, "baseline", Some.Token);

    /// <summary>As a client does, over the network.</summary>
    private async Task<ExperimentJournal> Read()
    {
        using var client = await _silo.Connect();
        return (await client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid")).GetJournal("baseline", Some.Token))!;
    }

    private static async Task Fill(LiveSilo silo, int bytes)
    {
        while (true)
        {
            await silo.Services.GetRequiredService<ICheckpointStore>().WriteAsync(Some.Name(), "it", Some.Bytes(bytes), Some.Token);
        }
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
