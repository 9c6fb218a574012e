using Experiments.Clustering;
using Experiments.Grains.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Experiments.Grains.Storage;

public static class PostgresStorageExtensions
{
    /// <summary>
    /// Keeps grain state (as the default provider), <see cref="IExperimentStore"/>, <see cref="ICheckpointStore"/> and <see cref="IDatasetStore"/>
    /// in one PostgreSQL database, whose tables are made when the first silo starts.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="StorageUnavailableException"/>, <see cref="StorageFullException"/> or <see cref="NewerSchemaException"/>.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static ISiloBuilder AddPostgresStorage(this ISiloBuilder silo, string connectionString)
    {
        var server = new PostgresServer(connectionString);
        silo.Services.AddSingleton(_ => server);
        silo.Services.AddStorage<PostgresServer, PostgresSchema, PostgresGrainStorage>(
            PostgresDatabase.Open,
            (options, server) => (options.Invariant, options.DataSource) = (PostgresServer.Invariant, server.Source));
        return silo;
    }

    /// <summary>Finds the cluster's other silos by the database that <see cref="AddPostgresStorage"/> was given.</summary>
    public static ISiloBuilder UsePostgresClustering(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<ClusterOptions>().Configure<PostgresSchema>((cluster, schema) => cluster.IdentifyBy(schema.Install()));
        return silo.UseAdoNetClustering(options =>
            options.Configure<PostgresServer>((clustering, server) => (clustering.Invariant, clustering.DataSource) = (PostgresServer.Invariant, server.Source)));
    }

    /// <summary>Database and server, for people; never the password.</summary>
    public static string PostgresPlace(this IServiceProvider services) => services.GetRequiredService<PostgresServer>().Place;
}
