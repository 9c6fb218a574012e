using System.Data.Common;
using Experiments.Clustering;
using Experiments.Grains.Storage.Postgres;
using Npgsql;

namespace Experiments.Grains.Storage.Inspection;

/// <summary>Looks at a cluster's database and its server, and changes nothing.</summary>
public static class PostgresInspection
{
    /// <summary>What any user may ask. A standby's transactions are read-only; of other users' connections the number alone is told.</summary>
    private const string Server =
        """
        SELECT current_setting('server_version_num')::integer, split_part(current_setting('server_version'), ' ', 1), current_setting('server_encoding'),
               current_setting('fsync') = 'on', current_setting('synchronous_commit') <> 'off', current_setting('full_page_writes') = 'on',
               current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer,
               (SELECT sum(numbackends) FROM pg_stat_database)::integer,
               pg_database_size(current_database()), current_setting('transaction_read_only') = 'on',
               COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false)
        """;

    private const string MayWrite =
        "SELECT bool_and(has_table_privilege(t, 'INSERT') AND has_table_privilege(t, 'UPDATE') AND has_table_privilege(t, 'DELETE')) FROM unnest(ARRAY['grid', 'experiment', 'epoch', 'checkpoint', 'orleansstorage', 'orleansmembership']) AS t";

    /// <exception cref="StorageUnavailableException">The connection string cannot be used, the server cannot be reached, or it does not let the user in.</exception>
    public static async Task<PostgresReading> Read(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var server = new PostgresServer(connectionString);
        try
        {
            await using var connection = await server.Source.OpenConnectionAsync(cancellationToken);
            return Read(connection, server, time);
        }
        catch (NpgsqlException exception) when (server.Explain(exception) is StorageUnavailableException explained)
        {
            throw explained;
        }
    }

    private static PostgresReading Read(NpgsqlConnection connection, PostgresServer server, TimeProvider time)
    {
        var reading = connection.Query(Server, row => ReadServer(row, server))[0];
        var (ahead, within) = ClockOffset(connection, time);
        reading = reading with { Ahead = ahead, AheadWithin = within, SchemaVersion = PostgresSchema.InstalledVersion(connection) };
        // What a later version keeps, nobody here knows.
        return reading.SchemaVersion == 0 || reading.SchemaVersion > SchemaFiles.Version ? reading : reading with
        {
            MayWrite = connection.Scalar<bool>(MayWrite),
            Silos = connection.Query(
                "SELECT Address, ProxyPort, Port FROM OrleansMembership WHERE Status = @active",
                row => new MemberEndpoints(row.GetString(0), row.GetInt32(1), row.GetInt32(2)),
                ("active", (int)SiloStatus.Active)),
        };
    }

    private static PostgresReading ReadServer(DbDataReader row, PostgresServer server) => new()
    {
        Place = server.Place,
        PoolSize = server.MostConnections,
        ServerVersion = row.GetInt32(0),
        ServerVersionText = row.GetString(1),
        Encoding = row.GetString(2),
        FlushesToDisk = row.GetBoolean(3),
        WaitsForDisk = row.GetBoolean(4),
        WritesWholePages = row.GetBoolean(5),
        MostConnections = row.GetInt32(6),
        Connections = row.GetInt32(7),
        Bytes = row.GetInt64(8),
        IsReadOnly = row.GetBoolean(9),
        MayMakeTables = row.GetBoolean(10),
        KnownSchemaVersion = SchemaFiles.Version,
    };

    /// <summary>The server read its clock at some moment between question and answer, taken to be the middle.</summary>
    /// <returns>How far the server's clock is ahead of this machine's, and how far off that may be.</returns>
    private static (TimeSpan Ahead, TimeSpan Within) ClockOffset(NpgsqlConnection connection, TimeProvider time)
    {
        var asked = time.GetUtcNow();
        long began = time.GetTimestamp();
        var told = connection.Scalar<DateTime>("SELECT clock_timestamp()");
        var half = time.GetElapsedTime(began) / 2;
        return (told - (asked + half).UtcDateTime, half);
    }
}
