namespace Experiments.Client.Grids;

/// <summary>Finds what a user names: a grid by its name or id, an experiment by its id or as GRID/NAME.</summary>
internal sealed class GridLookup(IGrainFactory grains)
{
    /// <exception cref="UsageException">There is none.</exception>
    public async Task<IGridGrain> Grid(string nameOrId, CancellationToken stop) =>
        await FindGrid(nameOrId, stop) ?? throw new UsageException($"There is no grid '{nameOrId}'. See 'experiments list'.");

    /// <exception cref="UsageException">There is none.</exception>
    public async Task<ExperimentSnapshot> Experiment(string id, CancellationToken stop) =>
        await FindExperiment(id, stop) ?? throw new UsageException($"There is no experiment '{id}'. Name it by its id or as GRID/NAME; see 'experiments show GRID'.");

    public async Task<IGridGrain?> FindGrid(string nameOrId, CancellationToken stop)
    {
        var all = await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop);
        return (all.FirstOrDefault(grid => grid.Name == nameOrId) ?? all.FirstOrDefault(grid => grid.Id == nameOrId)) is { } found
            ? grains.GetGrain<IGridGrain>(GrainKeys.Grid(found.Name))
            : null;
    }

    public async Task<ExperimentSnapshot?> FindExperiment(string id, CancellationToken stop)
    {
        var (grid, experiment) = id.Split('/') is [var gridName, var name] ? (gridName, name)
            : id.LastIndexOf('-') is > 0 and var dash ? (id[..dash], id)
            : ("", id);
        return await FindGrid(grid, stop) is { } found ? await found.GetExperiment(experiment, stop) : null;
    }
}
