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
    public static void IdentifyBy(this ClusterOptions cluster, PostgresServer server) =>
        (cluster.ClusterId, cluster.ServiceId) = (ReadId(server), Cluster.ServiceId);

    private static string ReadId(PostgresServer server)
    {
        try
        {
            using var connection = server.Source.OpenConnection();
            using var command = new NpgsqlCommand("SELECT DeploymentId FROM OrleansMembershipVersion", connection);
            return (string)command.ExecuteScalar()!;
        }
        catch (NpgsqlException exception) when (server.Explain(exception) is var explained && explained != exception)
        {
            throw explained;
        }
    }
}
