using Experiments.Grains.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Experiments.Grains.Storage;

public static class SqliteStorageExtensions
{
    /// <summary>The name by which Orleans knows SQLite; the driver it loads is Microsoft.Data.Sqlite.</summary>
    private const string Invariant = "System.Data.SQLite";

    /// <summary>
    /// Keeps grain state (as the default provider), <see cref="IExperimentStore"/>, <see cref="ICheckpointStore"/> and <see cref="IDatasetStore"/>
    /// in one file, which is created, with its folder, when the silo starts.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="StorageUnavailableException"/>, <see cref="StorageFullException"/> or <see cref="NewerSchemaException"/>.
    /// </remarks>
    public static ISiloBuilder AddSqliteStorage(this ISiloBuilder silo, string databasePath)
    {
        silo.Services.AddSingleton(_ => new SqliteDataSource(databasePath));
        silo.Services.AddStorage<SqliteDataSource, SqliteSchema, SqliteGrainStorage>(
            source => source.Open(),
            (options, source) => (options.Invariant, options.ConnectionString) = (Invariant, source.ConnectionString));
        return silo;
    }
}
