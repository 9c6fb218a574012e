using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Experiments.Processes;
using Experiments.Training.Checkpoints;
using Npgsql;
using Xunit;

namespace Experiments.Cluster.Tests.History;

/// <summary>Whoever judges the faults of others is judged first: each kind of damage, done to a real database, is found.</summary>
public sealed class HistoryCheckerTests(AuditedDatabases databases) : IClassFixture<AuditedDatabases>
{
    private const int Epochs = 3;

    private static readonly ImmutableArray<EpochMetrics> History = [.. Enumerable.Range(1, Epochs).Select(epoch => new EpochMetrics(epoch, 1.0 / epoch, 0.5, 2.0 / (3 * epoch), 0.25, 3.5))];

    private static readonly Undisturbed Expected = new([.. History.Select(epoch => epoch with { Seconds = 7 })], Sha256(CheckpointAfter(Epochs).Weights()));

    [Fact]
    public async Task NothingIsWrongWithAnExperimentThatWasHandedOver() => Assert.Empty(await Violations(await Trained()));

    [Theory]
    [InlineData("DELETE FROM epoch WHERE epoch = 2", "the committed epoch 2 was removed.")]
    [InlineData("DELETE FROM epoch WHERE epoch = 3", "it is Completed with 2 epochs of 3.")]
    [InlineData("UPDATE epoch SET train_loss = 0.3 WHERE epoch = 2", "the committed epoch 2 was overwritten.")]
    [InlineData("WITH gone AS (DELETE FROM epoch WHERE epoch = 3 RETURNING *) INSERT INTO epoch SELECT * FROM gone", "the committed epoch 3 was removed.")]
    [InlineData("ALTER TABLE epoch DROP CONSTRAINT epoch_pkey; INSERT INTO epoch SELECT * FROM epoch WHERE epoch = 2", "epoch 2 was committed twice.")]
    [InlineData("INSERT INTO epoch SELECT experiment_id, 5, 1, 1, 1, 1, 1 FROM epoch WHERE epoch = 1", "epoch 5 was committed after epoch 3.")]
    [InlineData("INSERT INTO epoch SELECT experiment_id, 4, 1, 1, 1, 1, 1 FROM epoch WHERE epoch = 1", "epoch 4 was committed without a checkpoint of it or of a later one.")]
    [InlineData("UPDATE experiment SET lease = 1", "its row was written under lease 1, which lease 2 had fenced.")]
    [InlineData("ALTER TABLE epoch DISABLE TRIGGER ALL; DELETE FROM epoch WHERE epoch = 3", "2 epochs are there, and 3 were committed.")]
    [InlineData("DELETE FROM checkpoint", "its final weights are gone, and undisturbed")]
    public async Task DamageIsFound(string damage, string expected)
    {
        string database = await Trained();
        await PrivatePostgres.Execute(database, damage);

        Assert.Contains(await Violations(database), violation => violation.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnEpochOfAFencedLeaseIsFound()
    {
        string database = await databases.Create();
        await Row(database, lease: 1, ExperimentStatus.Running);
        await Row(database, lease: 2, ExperimentStatus.Running);
        await Store(database, lease: 1, CheckpointAfter(1));
        await PrivatePostgres.Execute(database, "ALTER TABLE experiment DISABLE TRIGGER ALL; UPDATE experiment SET lease = 1");
        await Commit(database, History[0]);

        Assert.Equal(["one-1: epoch 1 was committed under lease 1, which lease 2 had fenced."], await Violations(database));
    }

    [Fact]
    public async Task OtherWeightsOfTheSameEpochAreFound()
    {
        string database = await Trained();
        await Store(database, lease: 3, CheckpointAfter(Epochs, weight: 8));

        var violations = await Violations(database);

        Assert.Contains(violations, violation => violation.Contains("checkpoint-3-3 holds other weights than checkpoint-2-3", StringComparison.Ordinal));
        Assert.Contains(violations, violation => violation.Contains("its final weights are", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACheckpointOfAnotherHistoryIsFound()
    {
        string database = await Trained();
        await Store(database, lease: 3, CheckpointAfter(1, history: [History[0] with { TrainLoss = 0.9 }]));

        Assert.Contains("one-1: checkpoint-3-1 is of another history than the one that was committed.", await Violations(database));
    }

    [Fact]
    public async Task EpochsThatDifferFromTheUndisturbedOnesAreFound() => Assert.Contains(
        await Violations(await Trained(), undisturbed: Expected with { History = Expected.History.SetItem(1, History[1] with { ValidationLoss = 0.1 }) }),
        violation => violation.StartsWith("one-1: epoch 2 came out as ", StringComparison.Ordinal));

    [Fact]
    public async Task AnEpochThatTheServerTookBackWithItsTrailIsFound()
    {
        string database = await Trained();
        await using var sightings = new Sightings(database);
        while (sightings.Seen.Count < Epochs)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await PrivatePostgres.Execute(
            database,
            "DELETE FROM epoch WHERE epoch = 3; DELETE FROM audit.trail WHERE change LIKE 'epoch%' AND detail ->> 'epoch' = '3'; DELETE FROM audit.trail WHERE detail ->> 'status' = 'Completed'");

        Assert.StartsWith("one-1: epoch 3 was seen at ", Assert.Single(await Violations(database, sightings: sightings)), StringComparison.Ordinal);
    }

    /// <summary>An experiment that two slots trained in turn, to its end.</summary>
    private async Task<string> Trained()
    {
        string database = await databases.Create();
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            int lease = Math.Min(epoch, 2);
            await Row(database, lease, ExperimentStatus.Running);
            await Store(database, lease, CheckpointAfter(epoch));
            await Commit(database, History[epoch - 1]);
        }

        await Row(database, lease: 2, ExperimentStatus.Completed);
        await PrivatePostgres.Execute(database, "DELETE FROM checkpoint WHERE name <> 'checkpoint-2-3'");
        return database;
    }

    private static async Task<ImmutableArray<string>> Violations(string database, Undisturbed? undisturbed = null, Sightings? sightings = null) => HistoryChecker.Violations(
        await AuditTrail.Read(database),
        sightings?.Seen ?? ImmutableDictionary<(string, EpochMetrics), DateTimeOffset>.Empty,
        await AuditTrail.ReadEpochs(database),
        await AuditTrail.ReadWeights(database),
        new Dictionary<string, Undisturbed> { ["it"] = undisturbed ?? Expected });

    private static Task Row(string database, int lease, ExperimentStatus status) => Execute(
        database,
        """
        INSERT INTO experiment (id, grid_id, lease, summary) VALUES ('one-1', 'one', $1, $2)
        ON CONFLICT (id) DO UPDATE SET lease = excluded.lease, summary = excluded.summary
        """,
        (long)lease, $$"""{ "name": "it", "status": "{{status}}", "silo": null }""");

    private static Task Commit(string database, EpochMetrics epoch) => Execute(
        database, "INSERT INTO epoch VALUES ('one-1', $1, $2, $3, $4, $5, $6)",
        epoch.Epoch, epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValidationLoss, epoch.ValidationAccuracy, epoch.Seconds);

    private static Task Store(string database, int lease, Checkpoint checkpoint)
    {
        byte[] bytes = checkpoint.ToBytes();
        return Execute(
            database, "INSERT INTO checkpoint (experiment_id, name, created_at, length, sha256, content) VALUES ('one-1', $1, now(), $2, $3, $4)",
            string.Create(CultureInfo.InvariantCulture, $"checkpoint-{lease}-{checkpoint.Position.CompletedEpochs}"), bytes.LongLength, Sha256(bytes), bytes);
    }

    private static async Task Execute(string database, string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Checkpoint CheckpointAfter(int epochs, float weight = 1, ImmutableArray<EpochMetrics>? history = null)
    {
        var values = new NamedTensor("weight", [1], new[] { weight });
        return new Checkpoint
        {
            Position = new TrainingPosition
            {
                CompletedEpochs = epochs, Step = epochs, BestEpoch = epochs, HistorySha256 = HistoryHash.Of((history ?? History).Take(epochs)),
            },
            Config = new ExperimentConfig(),
            DatasetSha256 = new string('a', 64),
            Parameters = [new Checkpoint.ParameterState(values, [values.Values, values.Values], values)],
        };
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
