using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Grids;

/// <summary>Finds the grid that a request names, and what to answer where there is none.</summary>
internal sealed class GridFinder(IClusterGrains cluster, LiveFeed feed)
{
    public IGrainFactory Grains => cluster.Grains;

    /// <returns>The grid, or what to answer where there is none.</returns>
    public async Task<(IGridGrain? Found, ProblemHttpResult? Unknown)> Find(string nameOrId, CancellationToken stop)
    {
        var (name, unknown) = await FindName(nameOrId, stop);
        return (name is null ? null : cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(name.Name)), unknown);
    }

    public async Task<(GridName? Found, ProblemHttpResult? Unknown)> FindName(string nameOrId, CancellationToken stop)
    {
        var all = await cluster.Grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        return GridName.Find(all, nameOrId) is { } found ? (found, null) : (null, Unknown.Grid(nameOrId, [.. all.Select(grid => grid.Name)]));
    }

    /// <summary>What is known of the grid now: a page that shows it and the requests of others share one question.</summary>
    public async Task<(LiveGrid? Live, GridView? View, ProblemHttpResult? Unknown)> View(string nameOrId, CancellationToken stop)
    {
        // Whoever has a name that is watched already needs no list of all.
        var live = feed.FindGrid(nameOrId);
        if (live?.Current is null)
        {
            var (name, unknown) = await FindName(nameOrId, stop);
            if (name is null) return (null, null, unknown);
            live = feed.Grid(name.Name);
        }

        using (live.Watch(() => { }))
        {
            await live.Asked(stop);
        }

        return live.Current is { } view ? (live, view, null)
            : live.Silence is { } silence ? throw new Experiments.Clustering.ClusterUnreachableException(silence, cause: null)
            : (live, null, Unknown.Grid(nameOrId, []));
    }

    /// <summary>The experiment that a request names, or what to answer where there is none.</summary>
    public async Task<(FoundExperiment? Found, ProblemHttpResult? Unknown)> Experiment(string grid, string experiment, CancellationToken stop)
    {
        var (live, view, unknown) = await View(grid, stop);
        if (view is null) return (null, unknown);

        return view.Find(experiment) is { } row
            ? (new FoundExperiment(live!, view, row), null)
            : (null, Unknown.Experiment(experiment, view.Grid.Name, [.. view.Rows.Select(other => other.Name)]));
    }
}
