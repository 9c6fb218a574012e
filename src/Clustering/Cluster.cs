using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Experiments.Clustering;

/// <summary>What silos and clients must agree on to be one cluster.</summary>
public static class Cluster
{
    public const string Id = "experiments", ServiceId = "experiments";

    /// <summary>Makes it a client of the cluster whose silos use the database, which it knows as <see cref="PostgresServer"/>.</summary>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static IClientBuilder JoinCluster(this IClientBuilder client, string connectionString)
    {
        var server = new PostgresServer(connectionString);
        client.Services.AddSingleton(_ => server);
        return client
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Id, ServiceId))
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (PostgresServer.Invariant, server.Source));
    }
}
