using Experiments.Grains.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
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
        AddPostgres(silo.Services, connectionString);
        silo.Services.AddStorage<PostgresStorage, PostgresSchema, PostgresGrainStorage>(
            storage => storage.Open(),
            (options, storage) => (options.Invariant, options.DataSource) = (PostgresStorage.Invariant, storage.Source));
        return silo;
    }

    /// <summary>Finds the cluster's other silos by the database that <see cref="AddPostgresStorage"/> was given.</summary>
    public static ISiloBuilder UsePostgresClustering(this ISiloBuilder silo) => silo.UseAdoNetClustering(options =>
        options.Configure<PostgresStorage>((clustering, storage) => (clustering.Invariant, clustering.DataSource) = (PostgresStorage.Invariant, storage.Source)));

    /// <summary>Finds the gateways of the silos that use the database.</summary>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static IClientBuilder UsePostgresClustering(this IClientBuilder client, string connectionString)
    {
        AddPostgres(client.Services, connectionString);
        return client.UseAdoNetClustering(options =>
            options.Configure<PostgresStorage>((clustering, storage) => (clustering.Invariant, clustering.DataSource) = (PostgresStorage.Invariant, storage.Source)));
    }

    /// <summary>Database and server, for people; never the password.</summary>
    public static string PostgresPlace(this IServiceProvider services) => services.GetRequiredService<PostgresStorage>().Place;

    /// <summary>Names the database and the remedy where an error of the clustering comes from there; any other error it gives back.</summary>
    public static Exception ExplainPostgres(this IServiceProvider services, Exception exception) => services.GetRequiredService<PostgresStorage>().Explain(exception);

    private static void AddPostgres(IServiceCollection services, string connectionString)
    {
        var storage = new PostgresStorage(connectionString);
        services.AddSingleton(_ => storage);
    }
}
