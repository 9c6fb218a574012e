using Experiments.Clustering;
using Npgsql;

namespace Experiments.Grains.Storage.Postgres;

/// <summary>
/// Has the room of checkpoints that were written over collected, so that it is used again. PostgreSQL looks for it once a minute and collects
/// it slowly: short epochs write over their checkpoints faster, and the table would grow as long as they train.
/// </summary>
internal sealed class CheckpointVacuum(PostgresServer server)
{
    /// <summary>Bytes of checkpoints from one time to the next.</summary>
    private const long Least = 1L << 30;

    /// <summary>Each time all of the table's index is read, so of a larger table there must be more to collect.</summary>
    private const long ShareOfTable = 10;

    private long _written;
    private long _due = Least;
    private int _isRunning;

    /// <param name="bytes">Of a checkpoint that was written in the place of another.</param>
    public void Wrote(long bytes)
    {
        if (Interlocked.Add(ref _written, bytes) < Volatile.Read(ref _due) || Interlocked.Exchange(ref _isRunning, 1) != 0) return;

        Interlocked.Exchange(ref _written, 0);
        _ = Task.Run(Collect);
    }

    private async Task Collect()
    {
        try
        {
            await using var connection = await server.Source.OpenConnectionAsync();
            await using var vacuum = new NpgsqlCommand("VACUUM (SKIP_LOCKED, TRUNCATE FALSE) checkpoint", connection) { CommandTimeout = 0 };
            await vacuum.ExecuteNonQueryAsync();
            Volatile.Write(ref _due, Math.Max(Least, connection.Scalar<long>("SELECT pg_total_relation_size('checkpoint')") / ShareOfTable));
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // The server or this silo stops, or it may not: then PostgreSQL itself does it later.
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }
}
