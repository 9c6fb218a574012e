using System.Data.Common;

namespace Experiments.Grains.Storage;

/// <summary>
/// What the stores of datasets and of grids do to a dataset's row inside their transactions. Whoever has written the row is alone with the
/// dataset until the end of the transaction, which is therefore one that holds nothing else, and each statement after that sees what
/// those before committed.
/// </summary>
internal static class DatasetRows
{
    /// <summary>Chunks that go in one transaction: a single one for all would keep every other writer waiting.</summary>
    private const int RemovedAtOnce = 32;

    /// <summary>Takes the turn; there is a row from now on.</summary>
    public static void Begin(DbConnection connection, string sha256, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO dataset (sha256, changed_at) VALUES (@sha256, @now)
        ON CONFLICT (sha256) DO UPDATE SET changed_at = excluded.changed_at
        """,
        ("@sha256", sha256), ("@now", now));

    /// <summary>Takes the turn.</summary>
    /// <returns>Whether anything is stored of it.</returns>
    public static bool Take(DbConnection connection, string sha256) =>
        connection.Execute("UPDATE dataset SET changed_at = changed_at WHERE sha256 = @sha256", ("@sha256", sha256)) > 0;

    /// <inheritdoc cref="Take(DbConnection, string)"/>
    /// <returns>Whether anything is stored of it, and has not changed since.</returns>
    public static bool Take(DbConnection connection, string sha256, DateTimeOffset unchangedSince) => connection.Execute(
        "UPDATE dataset SET changed_at = changed_at WHERE sha256 = @sha256 AND changed_at < @since", ("@sha256", sha256), ("@since", unchangedSince)) > 0;

    /// <summary>Takes the turn.</summary>
    /// <returns>Whether it is there whole.</returns>
    public static bool TakeWhole(DbConnection connection, string sha256, DateTimeOffset now) => connection.Execute(
        "UPDATE dataset SET changed_at = @now WHERE sha256 = @sha256 AND length IS NOT NULL", ("@sha256", sha256), ("@now", now)) > 0;

    /// <param name="besides">Id of a grid that does not count.</param>
    public static bool IsUsed(DbConnection connection, string sha256, string? besides = null) => connection.Scalar<long>(
        "SELECT COUNT(*) FROM grid WHERE dataset = @sha256 AND id <> @besides", ("@sha256", sha256), ("@besides", besides ?? "")) > 0;

    /// <summary>Removes some chunks, and with the last of them the row. Whoever reads or submits finds from the first on that it is not there whole.</summary>
    public static void RemoveSome(DbConnection connection, string sha256)
    {
        connection.Execute("UPDATE dataset SET length = NULL WHERE sha256 = @sha256", ("@sha256", sha256));
        int removed = connection.Execute(
            """
            DELETE FROM dataset_chunk WHERE sha256 = @sha256
            AND number IN (SELECT number FROM dataset_chunk WHERE sha256 = @sha256 ORDER BY number LIMIT @some)
            """,
            ("@sha256", sha256), ("@some", RemovedAtOnce));
        if (removed < RemovedAtOnce)
        {
            connection.Execute("DELETE FROM dataset WHERE sha256 = @sha256", ("@sha256", sha256));
        }
    }
}
