using System.Globalization;
using Experiments.Processes;
using Npgsql;

namespace Experiments.Cluster.Tests;

/// <summary>
/// Rows that a cluster's database takes from nobody until they are released. Who inserts them waits as at a slow database, so that what a
/// test does meanwhile is done at that very moment, however fast the cluster is and however late the test.
/// </summary>
internal sealed class HeldRows : IAsyncDisposable
{
    private const int Key = 5;

    private readonly NpgsqlConnection _holder;

    private HeldRows(NpgsqlConnection holder) => _holder = holder;

    /// <param name="database">Connection string of a database that has the cluster's tables.</param>
    /// <param name="which">A condition of the new row, <c>NEW</c>.</param>
    public static async Task<HeldRows> Of(string database, string table, string which)
    {
        await PrivatePostgres.Execute(database, string.Create(CultureInfo.InvariantCulture,
            $"""
            CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared({Key}); RETURN NEW; END $$;
            CREATE TRIGGER wait BEFORE INSERT ON {table} FOR EACH ROW WHEN ({which}) EXECUTE FUNCTION wait()
            """));
        // The lock is the session's, and goes with it.
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await holder.OpenAsync();
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({Key})"), holder);
        await command.ExecuteNonQueryAsync();
        return new HeldRows(holder);
    }

    /// <summary>Epochs of the experiments of a cluster, from one on.</summary>
    public static Task<HeldRows> OfEpochs(string database, int from) =>
        Of(database, "epoch", string.Create(CultureInfo.InvariantCulture, $"NEW.epoch >= {from}"));

    public ValueTask Release() => _holder.DisposeAsync();

    /// <summary>Releases what a test that failed has not.</summary>
    public ValueTask DisposeAsync() => Release();
}
