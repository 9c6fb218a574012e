using System.Collections.Immutable;
using System.Data.Common;
using Experiments.Grains.Grids;
using Experiments.Grains.Storage.Sqlite;

namespace Experiments.Grains.Storage.Migration;

/// <summary>The grids of one machine's SQLite file, to be copied from it. No other process may work on it meanwhile.</summary>
public sealed class LocalGrids : IAsyncDisposable
{
    private readonly SqliteDataSource _source;
    private readonly Database _database;
    private readonly DbConnection _connection;

    private LocalGrids(SqliteDataSource source, Database database, DbConnection connection) =>
        (_source, _database, _connection, Datasets) = (source, database, connection, new DatasetStore(database, TimeProvider.System));

    public IDatasetStore Datasets { get; }

    internal DbConnection Connection => _connection;

    /// <summary>A file of an earlier version is first brought to this one's, as any process does that works on it.</summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be read.</exception>
    /// <exception cref="StorageFullException">Its disk is full.</exception>
    /// <exception cref="NewerSchemaException">A later version wrote it.</exception>
    public static async Task<LocalGrids> OpenAsync(string path)
    {
        var source = new SqliteDataSource(path);
        LocalGrids? opened = null;
        await Explained.RunAsync(
            () => Task.Run(() =>
            {
                new SqliteSchema(source).Install();
                var connection = source.OpenConnection();
                connection.Execute(CopiedTable.IndexGrains);
                opened = new LocalGrids(source, source.Open(), connection);
            }),
            source.Explain);
        return opened!;
    }

    /// <returns>In the order in which they were submitted; without what an interrupted submit or delete has left of others.</returns>
    public async Task<ImmutableArray<StoredGrid>> ListAsync()
    {
        ImmutableArray<StoredGrid> grids = [];
        await Explained.RunAsync(
            () => Task.Run(() => grids = [.. _connection.Query("SELECT name, id FROM grid ORDER BY position", row => Read(row.GetString(0), row.GetString(1))).OfType<StoredGrid>()]),
            _source.Explain);
        return grids;
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
        await _source.DisposeAsync();
    }

    internal Exception Explain(Exception exception) => _source.Explain(exception);

    private StoredGrid? Read(string name, string id)
    {
        var keys = CopiedTable.Keys(name, id);
        if (State(keys) is not { IsDeleted: false, Definition: not null } state || state.Id != id)
        {
            return null;
        }

        var checkpoints = _connection.Query(
            "SELECT COUNT(*), COALESCE(SUM(length), 0) FROM checkpoint WHERE experiment_id >= @first AND experiment_id < @end",
            row => (Count: row.GetInt64(0), Bytes: row.GetInt64(1)), keys)[0];
        return new StoredGrid
        {
            Name = name,
            Id = id,
            Unfinished = Unfinished(state, _connection.Query("SELECT summary FROM experiment WHERE grid_id = @grid", row => RowJson.Read(row.GetString(0)), keys)),
            Epochs = _connection.Scalar<long>("SELECT COUNT(*) FROM epoch WHERE experiment_id >= @first AND experiment_id < @end", keys),
            Checkpoints = checkpoints.Count,
            Bytes = checkpoints.Bytes,
            Definition = state.Definition,
        };
    }

    private GridState? State((string, object?)[] keys) => _connection.Query(
        $"SELECT PayloadBinary FROM grain_key JOIN {CopiedTable.GrainState} AS state ON state.rowid = grain_key.state WHERE key = @gridKey AND PayloadBinary IS NOT NULL",
        row => GrainPayload.Read<GridState>(row.GetFieldValue<byte[]>(0)), keys) is [var state] ? state : null;

    /// <param name="rows">Of experiments that a slot has begun.</param>
    private static int Unfinished(GridState state, ImmutableArray<ExperimentRow> rows)
    {
        var begun = rows.ToDictionary(row => row.Id, row => row.Status);
        return Enumerable.Range(0, state.Definition!.Experiments.Length).Count(index =>
            !state.Held.ContainsKey(index)
            && begun.GetValueOrDefault(GrainKeys.ExperimentId(state.Id, index + 1), ExperimentStatus.Pending) is ExperimentStatus.Pending or ExperimentStatus.Running);
    }
}
