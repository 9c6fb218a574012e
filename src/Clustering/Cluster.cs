using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Experiments.Clustering;

/// <summary>What silos and clients must agree on to be one cluster.</summary>
public static class Cluster
{
    public const string ServiceId = "experiments";

    /// <summary>Tells the user why a client could not join, and the remedy.</summary>
    /// <param name="explained">What <see cref="PostgresServer.Explain"/> made of the error.</param>
    public static string WhyNotJoined(Exception explained) => explained is StorageUnavailableException
        ? explained.Message
        : "No silo of the cluster answers. Start one: dotnet run -c Release --project src/Silo -- --cluster …";

    /// <summary>Makes it a client of the cluster whose silos use the database, which it knows as <see cref="PostgresServer"/>.</summary>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static IClientBuilder JoinCluster(this IClientBuilder client, string connectionString)
    {
        var server = new PostgresServer(connectionString);
        client.Services.AddSingleton(_ => server);
        client.Services.AddOptions<ClusterOptions>().Configure<PostgresServer>((cluster, server) => cluster.IdentifyBy(server));
        return client.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (PostgresServer.Invariant, server.Source));
    }
}
