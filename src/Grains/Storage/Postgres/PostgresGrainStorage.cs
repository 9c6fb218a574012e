using Experiments.Clustering;
using Orleans.Storage;

namespace Experiments.Grains.Storage.Postgres;

/// <summary>Orleans' ADO.NET grain storage, with errors that name the database and the remedy.</summary>
internal sealed class PostgresGrainStorage(AdoNetGrainStorage grains, PostgresServer server) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => grains.Participate(lifecycle);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Explained.RunAsync(() => grains.ReadStateAsync(stateName, grainId, grainState), server.Explain);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Explained.RunAsync(() => grains.WriteStateAsync(stateName, grainId, grainState), server.Explain);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Explained.RunAsync(() => grains.ClearStateAsync(stateName, grainId, grainState), server.Explain);
}
