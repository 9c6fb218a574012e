using System.Collections.Concurrent;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>What all pages and requests of this dashboard watch together.</summary>
internal sealed class LiveFeed(IClusterGrains cluster, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, LiveGrid> _grids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Grid, string Experiment), LiveExperiment> _experiments = new();

    public LiveGridList Grids { get; } = new(cluster, time);

    public LiveSilos Silos { get; } = new(cluster, time);

    public LiveQueue Queue { get; } = new(cluster, time);

    /// <param name="name">Of a grid, which need not be.</param>
    public LiveGrid Grid(string name) => _grids.GetOrAdd(name, static (key, of) => new LiveGrid(key, of.cluster, of.time), (cluster, time));

    /// <param name="experiment">Name or id of an experiment of the grid, neither of which need be.</param>
    public LiveExperiment Experiment(string grid, string experiment) => _experiments.GetOrAdd(
        (grid, experiment), key => new LiveExperiment(key.Experiment, key.Grid, Grid(key.Grid), cluster, time));

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
