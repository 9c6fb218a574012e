using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Storage;

namespace Experiments.Grains.Storage;

/// <summary>What the storages have in common: one database of rows, with its stores and grain state (as the default provider).</summary>
internal static class StorageRegistration
{
    /// <typeparam name="TSource">Where the database is; registered by the caller.</typeparam>
    /// <typeparam name="TSchema">Installs the tables.</typeparam>
    /// <typeparam name="TGrainStorage">Wraps Orleans' own storage of grain state.</typeparam>
    /// <param name="connect">Tells Orleans' storage of grain state where the database is.</param>
    public static void AddStorage<TSource, TSchema, TGrainStorage>(
        this IServiceCollection services, Func<TSource, Database> open, Action<AdoNetGrainStorageOptions, TSource> connect)
        where TSource : class
        where TSchema : class, ILifecycleParticipant<ISiloLifecycle>
        where TGrainStorage : IGrainStorage
    {
        services.AddSingleton<TSchema>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<TSchema>());
        services.AddSingleton(provider => open(provider.GetRequiredService<TSource>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IExperimentStore, ExperimentStore>();
        services.AddSingleton<ICheckpointStore, CheckpointStore>();
        services.AddSingleton<IDatasetStore, DatasetStore>();

        const string Name = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        services.AddOptions<AdoNetGrainStorageOptions>(Name).Configure<TSource, Serializer>((options, source, serializer) =>
        {
            connect(options, source);
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        });
        services.AddGrainStorage(Name, (provider, name) =>
            ActivatorUtilities.CreateInstance<TGrainStorage>(provider, AdoNetGrainStorageFactory.Create(provider, name)));
    }
}
