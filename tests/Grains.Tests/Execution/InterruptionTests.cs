using System.Collections.Concurrent;
using Experiments.Grains.Execution;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Execution;

/// <summary>Trainings that are disturbed come to what undisturbed ones come to.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Epochs = 8, BatchesPerEpoch = 60;
    private static readonly ExperimentConfig Config = Some.Config(Epochs, batchSize: 240 / BatchesPerEpoch, dropout: 0.2);

    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    private GridDefinition Grid => Some.Grid("grid", _data.Reference, Some.Experiment("it", Config)) with { MaxAttempts = 1 };

    [Fact]
    public async Task AStopInsideAnEpochGoesOnFromThereAndCountsAsNoAttempt()
    {
        string id = await TrainAndStop();
        var stopped = await InStorage(silo => silo.Experiment(id).GetSnapshot(Some.Token));
        var checkpoint = await InStorage(async silo => Checkpoint.FromBytes((await NewestCheckpoint(silo, id))!));

        Assert.Equal((ExperimentStatus.Pending, null), (stopped!.Status, stopped.Error));
        Assert.Equal(2, stopped.History.Length);
        Assert.Equal((2, 30), (checkpoint.Position.CompletedEpochs, checkpoint.Position.Batch));

        var result = await GoOn();
        Assert.Equal(2, result.Attempts);
        Assert.Equal(stopped.History, result.History.Take(stopped.History.Length));
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
        var journal = await InStorage(silo => silo.Experiment(id).GetJournal(Some.Token));
        Assert.Equal(
            [(0, 2, AttemptOutcome.SiloStopped), (2, Epochs, AttemptOutcome.Completed)],
            journal.Attempts.Select(attempt => (attempt.EpochsBefore, attempt.EpochsAfter, attempt.Outcome!.Value)));
        var lines = journal.Log.Select(line => line.Text);
        Assert.Contains("Training goes on from the checkpoint of epoch 2, batch 30.", lines);
        Assert.Contains(lines, line => line.StartsWith("Epoch 2 is committed: validation accuracy ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALongEpochGoesOnAfterAKillFromACheckpointInsideIt()
    {
        // What a copy of the file holds, made while the silo trains, is what the death of the process would leave.
        string? from = null;
        using var killed = new TemporaryFolder();
        await using (var silo = await LiveSilo.Start(_folder.Path, slots: 1, services =>
        {
            CheckpointAllTheTime(services);
            new StandingTraining(epoch: 3, batch: 30).Configure(services);
        }))
        {
            await silo.Submit(Grid with { MaxAttempts = 2 });
            await silo.Until("grid", () => Task.FromResult((from = NewestInACopy(killed)) is not null && !from.EndsWith("-00000000", StringComparison.Ordinal)));
        }

        var names = new ConcurrentQueue<string>();
        await using var next = await LiveSilo.Start(killed.Path, slots: 1, services =>
        {
            CheckpointAllTheTime(services);
            services.AddSingleton<ICheckpointStore>(provider => new ListeningStore(ActivatorUtilities.CreateInstance<CheckpointStore>(provider), names.Enqueue));
        });
        await next.UntilCompleted("grid");

        var result = (await next.Results("grid")).Single();
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
        Assert.Equal(2, result.Attempts);
        Assert.True(string.CompareOrdinal(Position(names.First()), Position(from!)) > 0, $"It went on from {names.First()}, and was at {from}.");

        static string Position(string name) => name["checkpoint-00000001".Length..];
    }

    [Fact]
    public async Task TwoCheckpointsAreKeptHoweverManyAreTaken()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, CheckpointAllTheTime);
        var checkpoints = silo.Services.GetRequiredService<ICheckpointStore>();
        string id = (await silo.Submit(Grid)).Grid.Id + "-1";

        await silo.Until("grid", async () =>
        {
            // One more that is stored while the oldest goes, and one that goes.
            Assert.InRange((await checkpoints.ListAsync(id, Some.Token)).Count(entry => CheckpointName.IsCheckpoint(entry.Name)), 0, 4);
            return (await silo.Snapshot("grid")).Grid.Status == GridStatus.Completed;
        });
    }

    [Theory]
    [InlineData("the newest", "WHERE position = (SELECT MAX(position) FROM checkpoint)")]
    [InlineData("every", "")]
    public async Task DamagedCheckpointsArePassedOver(string which, string where)
    {
        string id = await TrainAndStop();
        Damage(where);

        var result = await GoOn();

        Assert.True(result.Attempts == 2, $"{which} checkpoint was damaged");
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
        Assert.NotNull(await InStorage(silo => silo.Experiment(id).GetWeights(best: true, Some.Token)));
        var warnings = (await InStorage(silo => silo.Experiment(id).GetJournal(Some.Token))).Log.Where(line => line.Level == JournalLevel.Warning).ToArray();
        Assert.Contains(warnings, line => line.Text.StartsWith("Checkpoint checkpoint-00000001-", StringComparison.Ordinal) && line.Text.Contains("is damaged and passed over", StringComparison.Ordinal));
        Assert.Equal(which == "every", warnings.Any(line => line.Text.Contains("training starts over", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatHadToBeTriedAgainIsInTheJournalOnceWithHowOftenAndTheLastReason()
    {
        int failures = 2;
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, services => services.AddSingleton<ICheckpointStore>(provider =>
            new ListeningStore(ActivatorUtilities.CreateInstance<CheckpointStore>(provider), _ =>
            {
                if (failures-- > 0)
                {
                    throw new StorageUnavailableException($"The storage is gone: {failures}", null);
                }
            })));

        await silo.Train(Grid);

        var journal = (await silo.Grid("grid").GetJournal("it", Some.Token))!;
        var warning = Assert.Single(journal.Log, line => line.Level == JournalLevel.Warning);
        Assert.Equal(("Storing a checkpoint did not succeed and is tried again: The storage is gone: 0", 2), (warning.Text, warning.Times));
        Assert.Contains(journal.Log, line => line.Text.StartsWith("Storing a checkpoint has succeeded after ", StringComparison.Ordinal));
        Assert.Equal(AttemptOutcome.Completed, Assert.Single(journal.Attempts).Outcome);
    }

    [Fact]
    public async Task ReportsThatAreCancelledOnTheirWayAreSentAgain()
    {
        // As where the silo that knows where the grain is dies while it is asked; each kind of report meets it, some twice.
        var calls = new CancelledCalls(call => call is "Heartbeat" or "CommitEpoch" or "Complete", times: 2);
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, services => services.AddSingleton<IIncomingGrainCallFilter>(calls));

        var result = (await silo.Train(Grid)).Single();

        Assert.Equal(6, calls.Cancelled);
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
        Assert.Equal(AttemptOutcome.Completed, Assert.Single((await silo.Grid("grid").GetJournal("it", Some.Token))!.Attempts).Outcome);
    }

    [Fact]
    public async Task CheckpointsOfANewStartAreKeptBesideDamagedOnes()
    {
        string id = await TrainAndStop();
        Damage(where: "");
        var before = await InStorage(silo => silo.Experiment(id).GetSnapshot(Some.Token));

        // Stopped again before it is as far as the damaged ones were.
        var standing = new StandingTraining(epoch: 2, batch: 30);
        await using (var silo = await LiveSilo.Start(_folder.Path, slots: 1, standing.Configure))
        {
            var checkpoints = silo.Services.GetRequiredService<ICheckpointStore>();
            await silo.Until("grid", async () => (await checkpoints.ListAsync(id, Some.Token)).Any(entry => entry.Name.StartsWith("checkpoint-00000002-", StringComparison.Ordinal)));
            await standing.Stands;
        }

        var checkpoint = await InStorage(async silo => Checkpoint.FromBytes((await NewestCheckpoint(silo, id))!));
        Assert.Equal((1, 30), (checkpoint.Position.CompletedEpochs, checkpoint.Position.Batch));
        Assert.Equal(before!.History, (await InStorage(silo => silo.Experiment(id).GetSnapshot(Some.Token)))!.History.Take(before.History.Length));
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(await GoOn());
    }

    [Fact]
    public async Task GrainsThatVanishInMidTrainingAreNotMissed()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        var management = silo.Grains.GetGrain<IManagementGrain>(0);
        await silo.Submit(Grid);

        var vanishing = silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Completed);
        while (!vanishing.IsCompleted)
        {
            await management.ForceActivationCollection(TimeSpan.Zero, Some.Token);
            await Task.Delay(50, Some.Token);
        }

        await vanishing;
        var result = (await silo.Results("grid")).Single();
        Assert.Equal(1, result.Attempts);
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
    }

    [Fact]
    public async Task AFullStoragePausesWithTheFilesNameAndGoesOnOnceThereIsRoom()
    {
        using var device = new SmallDevice(megabytes: 3);
        await using var silo = await LiveSilo.Start(device.Path, slots: 1);
        await silo.Submit(Grid);

        var paused = await silo.Until("grid", snapshot => snapshot.Grid.Status != GridStatus.Running);

        Assert.Equal(GridStatus.Paused, paused.Grid.Status);
        Assert.StartsWith($"No space left to write to '{Path.Combine(device.Path, "experiments.db")}'", paused.Experiments[0].Error, StringComparison.Ordinal);
        device.Resize(megabytes: 64);
        var result = (await silo.Train(Grid)).Single();
        (await TrainedAlone.Of(Config, _data.Reference)).AssertSame(result);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    /// <summary>Trains two and a half epochs.</summary>
    /// <returns>The experiment's id.</returns>
    private async Task<string> TrainAndStop()
    {
        var standing = new StandingTraining(epoch: 3, batch: 30);
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1, standing.Configure);
        await silo.Submit(Grid);
        await standing.Stands;
        var snapshot = await silo.Until("grid", snapshot => snapshot.Experiments[0].Last is { Epoch: 2 });
        return snapshot.Experiments[0].Id;
    }

    private async Task<ExperimentSnapshot> GoOn()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 1);
        await silo.UntilCompleted("grid");
        return (await silo.Results("grid")).Single();
    }

    private async Task<T> InStorage<T>(Func<LiveSilo, Task<T>> read)
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        return await read(silo);
    }

    private static async Task<byte[]?> NewestCheckpoint(LiveSilo silo, string id)
    {
        var checkpoints = silo.Services.GetRequiredService<ICheckpointStore>();
        var entries = await checkpoints.ListAsync(id, Some.Token);
        return await checkpoints.ReadAsync(id, entries[^1].Name, Some.Token);
    }

    private static void CheckpointAllTheTime(IServiceCollection services) =>
        services.Configure<TrainingOptions>(training => training.CheckpointEvery = TimeSpan.Zero);

    /// <summary>The newest checkpoint in a copy that counts: a training that has run ahead of its commits may have stored newer ones.</summary>
    /// <returns>Its name; null where there is none.</returns>
    private string? NewestInACopy(TemporaryFolder to)
    {
        using var source = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={to.File("experiments.db")};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
        using var command = copy.CreateCommand();
        command.CommandText = "SELECT MAX(name) FROM checkpoint WHERE CAST(substr(name, length('checkpoint-00000001-') + 1, 6) AS INTEGER) <= (SELECT COUNT(*) FROM epoch)";
        return command.ExecuteScalar() as string;
    }

    private void Damage(string where)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("experiments.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            UPDATE checkpoint SET content = CAST(
                substr(content, 1, 5000) || CASE substr(content, 5001, 1) WHEN X'00' THEN X'01' ELSE X'00' END || substr(content, 5002) AS BLOB) {where}
            """;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
