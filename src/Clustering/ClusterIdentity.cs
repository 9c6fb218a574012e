using Npgsql;
using Orleans.Configuration;

namespace Experiments.Clustering;

/// <summary>
/// A cluster is known by an id that its first silo has left in the database, among the members. An address that a silo of one cluster had
/// may come to be that of another cluster's, and whoever looks for the first is then turned away.
/// </summary>
public static class ClusterIdentity
{
    /// <exception cref="StorageUnavailableException">The database cannot be reached, or no silo has started on it yet.</exception>
    public static void IdentifyBy(this ClusterOptions cluster, PostgresServer server) => cluster.IdentifyBy(server.Run(Read));

    /// <param name="id">As <see cref="Read"/> gives it.</param>
    public static void IdentifyBy(this ClusterOptions cluster, string id) => (cluster.ClusterId, cluster.ServiceId) = (id, Cluster.ServiceId);

    public static string Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT DeploymentId FROM OrleansMembershipVersion", connection);
        return (string)command.ExecuteScalar()!;
    }
}
