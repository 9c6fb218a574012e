using System.Collections.Immutable;
using Experiments.Clustering;
using Experiments.Grains.Storage.Postgres;

namespace Experiments.Grains.Storage.Migration;

/// <summary>The grids in a cluster's PostgreSQL database, to be copied to it. Its silos may run or not.</summary>
/// <remarks>
/// Every method may throw <see cref="StorageUnavailableException"/> or <see cref="StorageFullException"/>.
/// </remarks>
public sealed class ClusterGrids : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly Database _database;
    private readonly ExperimentStore _experiments;

    private ClusterGrids(PostgresServer server)
    {
        _server = server;
        _database = PostgresDatabase.Open(server);
        _experiments = new ExperimentStore(_database, TimeProvider.System);
        Datasets = new DatasetStore(_database, TimeProvider.System);
    }

    /// <summary>Database and server, for people; never the password.</summary>
    public string Place => _server.Place;

    public IDatasetStore Datasets { get; }

    /// <summary>A database on which no silo has started yet is made ready for the first.</summary>
    /// <exception cref="NewerSchemaException">A later version wrote it.</exception>
    public static async Task<ClusterGrids> OpenAsync(string connectionString)
    {
        var server = new PostgresServer(connectionString);
        try
        {
            await Task.Run(new PostgresSchema(server).Install);
            return new ClusterGrids(server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <returns>All names that are taken, and by which grid.</returns>
    public Task<ImmutableArray<GridEntry>> ListAsync(CancellationToken stop) => _experiments.ListGridsAsync(stop);

    /// <summary>Copies a grid in one transaction: the silos of the cluster see it whole or not at all. What it is copied from stays as it is.</summary>
    /// <param name="dataset">Where the grid's data are from now on; where stored, they must be in <see cref="Datasets"/>.</param>
    /// <param name="copied">Is told of bytes of checkpoints; may be called on any thread.</param>
    /// <returns>Number of checkpoints that are damaged in the storage they come from, and so were copied as they are; null where the grid's name is taken by now.</returns>
    /// <exception cref="DatasetMissingException">The data are not there whole.</exception>
    /// <exception cref="CopyDiffersException">What has arrived is not what was sent.</exception>
    public async Task<int?> CopyAsync(LocalGrids from, StoredGrid grid, DatasetReference dataset, Action<int> copied, CancellationToken stop)
    {
        int? damaged = null;
        await Explained.RunAsync(
            () => Task.Run(
                () => damaged = _server.Run(connection =>
                {
                    using var transaction = connection.BeginTransaction();
                    int? found = new GridCopy(from.Connection, connection, grid, dataset, copied, stop).Run(TimeProvider.System.GetUtcNow());
                    transaction.Commit();
                    return found;
                }),
                stop),
            from.Explain);
        return damaged;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }
}
