using Npgsql;
using Orleans.Configuration;

namespace Experiments.Clustering;

/// <summary>
/// A cluster is known by an id that its first silo has left in the database, among the members. An address that a silo of one cluster had
/// may come to be that of another cluster's, and whoever looks for the first is then turned away. The id ends with the database that it was
/// made for: where a dump was restored, it and the members are the other database's, whose silos may well live.
/// </summary>
public static class ClusterIdentity
{
    /// <summary>SQL that makes an id for the database.</summary>
    public const string New = $"'experiments-' || gen_random_uuid() || '@' || {Database}";

    /// <summary>SQL that finds of a <c>DeploymentId</c> whether it was made for another database.</summary>
    public const string IsOfAnother = $"DeploymentId LIKE '%@%' AND DeploymentId NOT LIKE '%@' || {Database}";

    private const string Database =
        "(SELECT system_identifier || '.' || (SELECT oid FROM pg_database WHERE datname = current_database()) FROM pg_control_system())";

    /// <exception cref="StorageUnavailableException">The database cannot be reached, or no silo has started on it yet.</exception>
    public static void IdentifyBy(this ClusterOptions cluster, PostgresServer server) => cluster.IdentifyBy(
        server.Run(Read) ?? throw new StorageUnavailableException($"No silo has started on '{server.Place}' since it was restored: start one with --cluster.", cause: null));

    /// <param name="id">As <see cref="Read"/> gives it.</param>
    public static void IdentifyBy(this ClusterOptions cluster, string id) => (cluster.ClusterId, cluster.ServiceId) = (id, Cluster.ServiceId);

    /// <returns>Null where no silo has left one in this database.</returns>
    public static string? Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"SELECT DeploymentId FROM OrleansMembershipVersion WHERE NOT ({IsOfAnother})", connection);
        return (string?)command.ExecuteScalar();
    }
}
