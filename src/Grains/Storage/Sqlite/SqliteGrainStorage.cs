using Orleans.Storage;

namespace Experiments.Grains.Storage.Sqlite;

/// <summary>
/// Orleans' ADO.NET grain storage, taking turns with the stores: SQLite admits one writer, and one that finds the file busy
/// sleeps 150 ms on its thread. The driver is synchronous, so nothing of it runs on a grain's scheduler.
/// </summary>
internal sealed class SqliteGrainStorage(AdoNetGrainStorage storage, Database database, SqliteDataSource source) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => storage.Participate(lifecycle);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ExplainAsync(() => Task.Run(() => storage.ReadStateAsync(stateName, grainId, grainState)));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ExplainAsync(() => database.RunAloneAsync(() => storage.WriteStateAsync(stateName, grainId, grainState)));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ExplainAsync(() => database.RunAloneAsync(() => storage.ClearStateAsync(stateName, grainId, grainState)));

    private Task ExplainAsync(Func<Task> operation) => Explained.RunAsync(operation, source.Explain);
}
