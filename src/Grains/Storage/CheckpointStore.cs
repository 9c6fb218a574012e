using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;

namespace Experiments.Grains.Storage;

internal sealed class CheckpointStore(Database database, TimeProvider time) : ICheckpointStore
{
    public async Task WriteAsync(string experimentId, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // The caller may use its buffer again as soon as it gives up waiting.
        byte[] content = bytes.ToArray();
        string sha256 = await Task.Run(() => Sha256(content), cancellationToken);
        var createdAt = time.GetUtcNow();

        await database.WriteAsync(connection =>
        {
            connection.Execute(
                """
                INSERT INTO checkpoint (experiment_id, name, created_at, length, sha256, content)
                VALUES (@experiment, @name, @createdAt, @length, @sha256, @content)
                ON CONFLICT (experiment_id, name) DO UPDATE
                SET created_at = excluded.created_at, length = excluded.length, sha256 = excluded.sha256, content = excluded.content
                """,
                ("@experiment", experimentId), ("@name", name), ("@createdAt", createdAt),
                ("@length", content.LongLength), ("@sha256", sha256), ("@content", content));
        }, cancellationToken);
        database.TellReplaced(content.LongLength);
    }

    public async Task<byte[]?> ReadAsync(string experimentId, string name, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(connection => connection.Query(
            "SELECT length, sha256, content FROM checkpoint WHERE experiment_id = @experiment AND name = @name",
            row => (Length: row.GetInt64(0), Sha256: row.GetString(1), Content: row.GetFieldValue<byte[]>(2)),
            ("@experiment", experimentId), ("@name", name)), cancellationToken);
        if (found is not [var (length, sha256, content)]) return null;

        if (content.LongLength != length)
            throw new DamagedCheckpointException(experimentId, name, $"{content.LongLength:N0} bytes are there of {length:N0}");
        if (await Task.Run(() => Sha256(content), cancellationToken) != sha256)
            throw new DamagedCheckpointException(experimentId, name, "its SHA-256 is not the one it was written with");
        return content;
    }

    public Task<ImmutableArray<CheckpointEntry>> ListAsync(string experimentId, CancellationToken cancellationToken) => database.ReadAsync(connection =>
        connection.Query(
            "SELECT name, length, created_at FROM checkpoint WHERE experiment_id = @experiment ORDER BY name",
            row => new CheckpointEntry(row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2)),
            ("@experiment", experimentId)), cancellationToken);

    public Task DeleteAsync(string experimentId, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        string[] deleted = [.. names];
        return database.WriteAsync(connection => Array.ForEach(deleted, name => connection.Execute(
            "DELETE FROM checkpoint WHERE experiment_id = @experiment AND name = @name", ("@experiment", experimentId), ("@name", name))), cancellationToken);
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
