namespace Experiments.Client.Grids;

/// <summary>Finds what a user names: a grid by its name or id, an experiment by its id or as GRID/NAME.</summary>
internal sealed class GridLookup(IGrainFactory grains)
{
    public static UsageException NoGrid(string nameOrId) => new($"There is no grid '{nameOrId}'. See 'experiments list'.");

    public static UsageException NoExperiment(string id) =>
        new($"There is no experiment '{id}'. Name it by its id or as GRID/NAME; see 'experiments show GRID'.");

    /// <exception cref="UsageException">There is none.</exception>
    public async Task<IGridGrain> Grid(string nameOrId, CancellationToken stop) => await FindGrid(nameOrId, stop) ?? throw NoGrid(nameOrId);

    /// <exception cref="UsageException">There is none.</exception>
    public async Task<ExperimentSnapshot> Experiment(string id, CancellationToken stop) => await FindExperiment(id, stop) ?? throw NoExperiment(id);

    /// <exception cref="UsageException">There is no such experiment.</exception>
    public async Task<ExperimentJournal> Journal(string id, CancellationToken stop) =>
        await FindExperimentInGrid(id, stop) is var (grid, experiment) && await grid.GetJournal(experiment, stop) is { } journal ? journal : throw NoExperiment(id);

    public async Task<ExperimentSnapshot?> FindExperiment(string id, CancellationToken stop) =>
        await FindExperimentInGrid(id, stop) is var (grid, experiment) ? await grid.GetExperiment(experiment, stop) : null;

    /// <returns>The grid, and the experiment's id or name in it, which may be of none; null where there is no such grid.</returns>
    public async Task<(IGridGrain Grid, string Experiment)?> FindExperimentInGrid(string id, CancellationToken stop)
    {
        var (gridName, experiment) = id.Split('/') is [var first, var second] ? (first, second)
            : id.LastIndexOf('-') is > 0 and var dash ? (id[..dash], id)
            : ("", id);
        return await FindGrid(gridName, stop) is { } grid ? (grid, experiment) : null;
    }

    public async Task<IGridGrain?> FindGrid(string nameOrId, CancellationToken stop) =>
        await FindRegistered(nameOrId, stop) is var (grid, _) && await grid.GetOverview(stop) is not null ? grid : null;

    /// <summary>Also one whose delete was interrupted.</summary>
    /// <returns>The grid and its id; null where there is none.</returns>
    public async Task<(IGridGrain Grid, string Id)?> FindRegistered(string nameOrId, CancellationToken stop)
    {
        var all = await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        return GridName.Find(all, nameOrId) is { } found
            ? (grains.GetGrain<IGridGrain>(GrainKeys.Grid(found.Name)), found.Id)
            : null;
    }
}
