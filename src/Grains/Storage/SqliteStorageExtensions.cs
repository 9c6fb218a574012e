using Experiments.Grains.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Storage;

namespace Experiments.Grains.Storage;

public static class SqliteStorageExtensions
{
    /// <summary>
    /// Keeps grain state (as the default provider), <see cref="IExperimentStore"/> and <see cref="ICheckpointStore"/> in one file,
    /// which is created, with its folder, when the silo starts.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="StorageUnavailableException"/>, <see cref="StorageFullException"/> or <see cref="NewerSchemaException"/>.
    /// </remarks>
    public static ISiloBuilder AddSqliteStorage(this ISiloBuilder silo, string databasePath)
    {
        var services = silo.Services;
        services.AddSingleton(_ => new SqliteDataSource(databasePath));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SqliteSchema>();
        services.AddSingleton(provider => provider.GetRequiredService<SqliteDataSource>().Open());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IExperimentStore, ExperimentStore>();
        services.AddSingleton<ICheckpointStore, CheckpointStore>();
        AddGrainStorage(services);
        return silo;
    }

    private static void AddGrainStorage(IServiceCollection services)
    {
        const string Name = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        services.AddOptions<AdoNetGrainStorageOptions>(Name).Configure<SqliteDataSource, Serializer>((options, source, serializer) =>
        {
            // The name by which Orleans knows SQLite; the driver it loads is Microsoft.Data.Sqlite.
            options.Invariant = "System.Data.SQLite";
            options.ConnectionString = source.ConnectionString;
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        });
        services.AddGrainStorage(Name, (provider, name) =>
            ActivatorUtilities.CreateInstance<SqliteGrainStorage>(provider, AdoNetGrainStorageFactory.Create(provider, name)));
    }
}
