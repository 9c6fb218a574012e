using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Control;

/// <summary>Changes of grids that whoever looks at them sees at once, not with the next question. Who may make them is asked before.</summary>
internal sealed class SeenChanges(IClusterGrains cluster, LiveFeed feed)
{
    /// <param name="grid">Its name.</param>
    public async Task<T> Apply<T>(string grid, Func<IGridGrain, Task<T>> change)
    {
        var result = await change(cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid)));
        await Task.WhenAll(feed.Grid(grid).Refresh(), feed.Grids.Refresh());
        return result;
    }
}
