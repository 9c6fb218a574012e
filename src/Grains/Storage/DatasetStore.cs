using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;

namespace Experiments.Grains.Storage;

internal sealed class DatasetStore(Database database, TimeProvider time) : IDatasetStore
{
    public Task<long?> GetLengthAsync(string sha256, CancellationToken cancellationToken) => database.ReadAsync<long?>(connection =>
        connection.Query("SELECT length FROM dataset WHERE sha256 = @sha256 AND length IS NOT NULL", row => row.GetInt64(0), ("@sha256", sha256)) is [var length] ? length : null,
        cancellationToken);

    public Task<ImmutableArray<int>> ListChunksAsync(string sha256, CancellationToken cancellationToken) => database.ReadAsync(connection =>
        connection.Query("SELECT number FROM dataset_chunk WHERE sha256 = @sha256 ORDER BY number", row => row.GetInt32(0), ("@sha256", sha256)), cancellationToken);

    public Task WriteChunkAsync(string sha256, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // The caller may use its buffer again as soon as it gives up waiting.
        byte[] content = bytes.ToArray();
        var now = time.GetUtcNow();
        return database.WriteAloneAsync(connection =>
        {
            DatasetRows.Begin(connection, sha256, now);
            return connection.Execute(
                "INSERT INTO dataset_chunk (sha256, number, content) VALUES (@sha256, @number, @content) ON CONFLICT (sha256, number) DO NOTHING",
                ("@sha256", sha256), ("@number", number), ("@content", content));
        }, cancellationToken);
    }

    public async Task<bool> CompleteAsync(string sha256, long length, CancellationToken cancellationToken)
    {
        if (await Sha256Async(sha256, DatasetChunks.Count(length), cancellationToken) is not { } found)
        {
            return false;
        }

        if (found == sha256)
        {
            return await database.WriteAloneAsync(connection => Complete(connection, sha256, length), cancellationToken);
        }

        while (await database.WriteAloneAsync(connection => RemoveSome(connection, sha256), cancellationToken))
        {
        }

        return false;
    }

    public Task<byte[]?> ReadChunkAsync(string sha256, int number, CancellationToken cancellationToken) => ReadChunkAsync(
        """
        SELECT dataset_chunk.content FROM dataset JOIN dataset_chunk ON dataset_chunk.sha256 = dataset.sha256
        WHERE dataset.sha256 = @sha256 AND dataset.length IS NOT NULL AND dataset_chunk.number = @number
        """,
        sha256, number, cancellationToken);

    /// <returns>Null where a chunk is missing.</returns>
    private async Task<string?> Sha256Async(string sha256, int chunks, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int number = 0; number < chunks; number++)
        {
            if (await ReadChunkAsync(
                "SELECT content FROM dataset_chunk WHERE sha256 = @sha256 AND number = @number", sha256, number, cancellationToken) is not { } chunk)
            {
                return null;
            }

            await Task.Run(() => hash.AppendData(chunk), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<byte[]?> ReadChunkAsync(string sql, string sha256, int number, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => connection.Query(sql, row => row.GetFieldValue<byte[]>(0), ("@sha256", sha256), ("@number", number)), cancellationToken);
        return found is [var chunk] ? chunk : null;
    }

    /// <summary>Some chunks may have gone since they were read, with the last grid that used them.</summary>
    private static bool Complete(DbConnection connection, string sha256, long length)
    {
        int chunks = DatasetChunks.Count(length);
        DatasetRows.Take(connection, sha256);
        bool isWhole = connection.Scalar<long>(
            "SELECT COUNT(*) FROM dataset_chunk WHERE sha256 = @sha256 AND number < @chunks", ("@sha256", sha256), ("@chunks", chunks)) == chunks;
        if (isWhole)
        {
            connection.Execute("DELETE FROM dataset_chunk WHERE sha256 = @sha256 AND number >= @chunks", ("@sha256", sha256), ("@chunks", chunks));
            connection.Execute("UPDATE dataset SET length = @length WHERE sha256 = @sha256", ("@sha256", sha256), ("@length", length));
        }

        return isWhole;
    }

    private static bool RemoveSome(DbConnection connection, string sha256)
    {
        if (!DatasetRows.Take(connection, sha256))
        {
            return false;
        }

        DatasetRows.RemoveSome(connection, sha256);
        return true;
    }
}
