using Experiments.Grains.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Storage;

namespace Experiments.Grains.Storage;

public static class PostgresStorageExtensions
{
    /// <summary>
    /// Keeps grain state (as the default provider), <see cref="IExperimentStore"/> and <see cref="ICheckpointStore"/> in one PostgreSQL
    /// database, whose tables are made when the first silo starts.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="StorageUnavailableException"/>, <see cref="StorageFullException"/> or <see cref="NewerSchemaException"/>.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static ISiloBuilder AddPostgresStorage(this ISiloBuilder silo, string connectionString)
    {
        var services = silo.Services;
        AddPostgres(services, connectionString);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PostgresSchema>();
        services.AddSingleton(provider => provider.GetRequiredService<PostgresStorage>().Open());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IExperimentStore, ExperimentStore>();
        services.AddSingleton<ICheckpointStore, CheckpointStore>();
        AddGrainStorage(services);
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

    /// <summary>Names the database and the remedy where an error of the clustering comes from there; any other error it gives back.</summary>
    public static Exception ExplainPostgres(this IServiceProvider services, Exception exception) => services.GetRequiredService<PostgresStorage>().Explain(exception);

    private static void AddPostgres(IServiceCollection services, string connectionString)
    {
        var storage = new PostgresStorage(connectionString);
        services.AddSingleton(_ => storage);
    }

    private static void AddGrainStorage(IServiceCollection services)
    {
        const string Name = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        services.AddOptions<AdoNetGrainStorageOptions>(Name).Configure<PostgresStorage, Serializer>((options, storage, serializer) =>
        {
            options.Invariant = PostgresStorage.Invariant;
            options.DataSource = storage.Source;
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        });
        services.AddGrainStorage(Name, (provider, name) =>
            ActivatorUtilities.CreateInstance<PostgresGrainStorage>(provider, AdoNetGrainStorageFactory.Create(provider, name)));
    }
}
