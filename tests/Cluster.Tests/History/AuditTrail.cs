using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Processes;
using Experiments.Training.Checkpoints;
using Npgsql;

namespace Experiments.Cluster.Tests.History;

/// <summary>
/// Triggers in the cluster's own database that write down every change of rows, epochs and checkpoints in the transaction that makes it:
/// nothing escapes them, whichever process it comes from and however soon it is undone.
/// </summary>
internal static class AuditTrail
{
    private const string Triggers =
        """
        CREATE SCHEMA audit;
        CREATE TABLE audit.trail (
            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            change text NOT NULL,
            experiment_id text NOT NULL,
            lease bigint,
            detail jsonb NOT NULL
        );

        CREATE FUNCTION audit.row_written() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' OR OLD.lease <> NEW.lease OR OLD.summary::jsonb -> 'status' <> NEW.summary::jsonb -> 'status' THEN
                INSERT INTO audit.trail (change, experiment_id, lease, detail) VALUES ('row', NEW.id, NEW.lease, NEW.summary::jsonb);
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit AFTER INSERT OR UPDATE ON experiment FOR EACH ROW EXECUTE FUNCTION audit.row_written();

        CREATE FUNCTION audit.epoch_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            epoch jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
        BEGIN
            INSERT INTO audit.trail (change, experiment_id, lease, detail)
            SELECT 'epoch ' || TG_OP, epoch ->> 'experiment_id', (SELECT lease FROM experiment WHERE id = epoch ->> 'experiment_id'), epoch;
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON epoch FOR EACH ROW EXECUTE FUNCTION audit.epoch_changed();

        CREATE FUNCTION audit.checkpoint_stored() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            header bytea := substring(NEW.content FROM 9 FOR get_byte(NEW.content, 0) + 256 * get_byte(NEW.content, 1) + 65536 * get_byte(NEW.content, 2));
        BEGIN
            INSERT INTO audit.trail (change, experiment_id, detail) VALUES ('checkpoint INSERT', NEW.experiment_id, jsonb_build_object(
                'name', NEW.name, 'sha256', NEW.sha256, 'position', convert_from(header, 'UTF8')::jsonb -> '__metadata__' ->> 'position'));
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit_stored AFTER INSERT ON checkpoint FOR EACH ROW WHEN (NEW.name LIKE 'checkpoint-%') EXECUTE FUNCTION audit.checkpoint_stored();

        CREATE FUNCTION audit.checkpoint_removed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO audit.trail (change, experiment_id, detail) VALUES ('checkpoint DELETE', OLD.experiment_id, jsonb_build_object('name', OLD.name));
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit_removed AFTER DELETE ON checkpoint FOR EACH ROW WHEN (OLD.name LIKE 'checkpoint-%') EXECUTE FUNCTION audit.checkpoint_removed();
        """;

    /// <summary>To be called once the first silo has made the tables, and before anything is submitted.</summary>
    public static Task Install(string database) => PrivatePostgres.Execute(database, Triggers);

    /// <summary>As <see cref="Install"/>; a database that was restored has it.</summary>
    public static async Task Ensure(string database)
    {
        if (await PrivatePostgres.Execute(database, "SELECT to_regclass('audit.trail') IS NULL") is true) await Install(database);
    }

    /// <returns>All that has happened, in its order.</returns>
    public static async Task<ImmutableArray<HistoryEvent>> Read(string database) => await Rows(
        database, "SELECT at, change, experiment_id, lease, detail::text FROM audit.trail ORDER BY position", Event);

    /// <returns>What the table of epochs holds.</returns>
    public static async Task<ImmutableArray<(string ExperimentId, EpochMetrics Metrics)>> ReadEpochs(string database) => await Rows(
        database, "SELECT experiment_id, to_jsonb(epoch.*)::text FROM epoch", row => (row.GetString(0), Epoch(JsonNode.Parse(row.GetString(1))!)));

    /// <returns>By experiment, the SHA-256 of the weights in its newest checkpoint.</returns>
    public static async Task<ImmutableDictionary<string, string>> ReadWeights(string database) => (await Rows(
        database,
        "SELECT DISTINCT ON (experiment_id) experiment_id, content FROM checkpoint WHERE name LIKE 'checkpoint-%' ORDER BY experiment_id, name DESC",
        row => KeyValuePair.Create(row.GetString(0), Sha256(Checkpoint.FromBytes(row.GetFieldValue<byte[]>(1)).Weights())))).ToImmutableDictionary();

    private static HistoryEvent Event(NpgsqlDataReader row)
    {
        var (at, experiment, detail) = (row.GetFieldValue<DateTimeOffset>(0), row.GetString(2), JsonNode.Parse(row.GetString(4))!);
        return row.GetString(1) switch
        {
            "row" => new HistoryEvent.RowWritten(
                at, experiment, row.GetInt64(3), (string)detail["name"]!, Enum.Parse<ExperimentStatus>((string)detail["status"]!), (string?)detail["silo"]),
            "epoch INSERT" => new HistoryEvent.EpochCommitted(at, experiment, row.GetInt64(3), Epoch(detail)),
            "epoch UPDATE" => new HistoryEvent.EpochOverwritten(at, experiment, Epoch(detail)),
            "epoch DELETE" => new HistoryEvent.EpochRemoved(at, experiment, Epoch(detail)),
            "checkpoint INSERT" => new HistoryEvent.CheckpointStored(
                at, experiment, (string)detail["name"]!, JsonSerializer.Deserialize<TrainingPosition>((string)detail["position"]!)!, (string)detail["sha256"]!),
            "checkpoint DELETE" => new HistoryEvent.CheckpointRemoved(at, experiment, (string)detail["name"]!),
            var unknown => throw new InvalidOperationException($"Unknown change {unknown}."),
        };
    }

    private static EpochMetrics Epoch(JsonNode row) => new(
        (int)row["epoch"]!, (double)row["train_loss"]!, (double)row["train_accuracy"]!,
        (double)row["validation_loss"]!, (double)row["validation_accuracy"]!, (double)row["seconds"]!);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<ImmutableArray<T>> Rows<T>(string database, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows.DrainToImmutable();
    }
}
