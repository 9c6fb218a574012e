using Experiments.Clustering;
using Npgsql;

namespace Experiments.Grains.Storage.Postgres;

/// <summary>Installs the tables, and the statements that Orleans reads from one of them, before the silo looks for its cluster.</summary>
internal sealed class PostgresSchema : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Whoever holds it is installing; "Experime" in ASCII, so that no other program's lock is likely to be the same.</summary>
    private const long Lock = 0x4578706572696D65;

    /// <summary>Seconds for what the first of many silos does on a slow disk while the others wait for it.</summary>
    private const int Patience = 300;

    /// <summary>One cluster uses a database, and the members' table names it. What a dump has brought of another one's goes.</summary>
    private const string Identify =
        $"""
        DELETE FROM OrleansMembership WHERE {ClusterIdentity.IsOfAnother};
        DELETE FROM OrleansMembershipVersion WHERE {ClusterIdentity.IsOfAnother};
        INSERT INTO OrleansMembershipVersion (DeploymentId, Version)
        SELECT {ClusterIdentity.New}, 0 WHERE NOT EXISTS (SELECT 1 FROM OrleansMembershipVersion)
        """;

    private readonly string _place;
    private readonly Lazy<string> _clusterId;

    public PostgresSchema(PostgresServer server) => (_place, _clusterId) = (server.Place, new(() => server.Run(Install)));

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(PostgresSchema), ServiceLifecycleStage.RuntimeInitialize, cancellation => Task.Run(Install, cancellation));

    /// <summary>Makes, the first time, what the installed version lacks, all of it or nothing, and keeps what is stored. Any number of processes may do it at once.</summary>
    /// <returns>The id of the cluster that uses the database.</returns>
    /// <exception cref="NewerSchemaException">The database was written by a later version.</exception>
    /// <exception cref="StorageUnavailableException">The server cannot be reached, or does not let the user in.</exception>
    public string Install() => _clusterId.Value;

    private string Install(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        long found = InstalledVersion(connection);
        if (found > SchemaFiles.Version) throw new NewerSchemaException(_place, found, SchemaFiles.Version);
        foreach (string sql in SchemaFiles.After("Postgres", found)) Execute(connection, sql);
        Execute(connection, Identify);
        string clusterId = ClusterIdentity.Read(connection)!;
        transaction.Commit();
        return clusterId;
    }

    public static long InstalledVersion(NpgsqlConnection connection) =>
        connection.Scalar<bool>("SELECT to_regclass('schema_version') IS NULL") ? 0 : connection.Scalar<long>("SELECT version FROM schema_version");

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        // Sent as it stands: in a command with parameters, @Version and its like in the schema would be taken for some.
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Patience };
        command.ExecuteNonQuery();
    }
}
