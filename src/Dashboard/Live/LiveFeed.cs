using System.Collections.Concurrent;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>What all pages and requests of this dashboard watch together. What nobody watches any more is let go, so names that are asked for do not pile up.</summary>
internal sealed class LiveFeed(IClusterGrains cluster, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveGrid> _grids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Grid, string Experiment), LiveExperiment> _experiments = new();

    public LiveGridList Grids { get; } = new(cluster, time);

    public LiveSilos Silos { get; } = new(cluster, time);

    public LiveQueue Queue { get; } = new(cluster, time);

    /// <returns>Null where nobody has watched a grid of this name lately.</returns>
    public LiveGrid? FindGrid(string name) => _grids.GetValueOrDefault(name);

    /// <param name="name">Of a grid, which need not be. Whoever asks for it watches it.</param>
    public LiveGrid Grid(string name) => _grids.GetOrAdd(
        name, key => new LiveGrid(key, cluster, time, grid => _grids.TryRemove(KeyValuePair.Create(key, grid))));

    /// <param name="experiment">Name or id of an experiment of the grid, neither of which need be. Whoever asks for it watches it.</param>
    public LiveExperiment Experiment(string grid, string experiment) => _experiments.GetOrAdd(
        (grid, experiment), key => new LiveExperiment(
            key.Experiment, key.Grid, Grid(key.Grid), cluster, time, live => _experiments.TryRemove(KeyValuePair.Create(key, live))));

    public void Dispose()
    {
        foreach (var experiment in _experiments.Values)
        {
            experiment.Dispose();
        }

        Grids.Dispose();
        Silos.Dispose();
        Queue.Dispose();
        foreach (var grid in _grids.Values)
        {
            grid.Dispose();
        }
    }
}
