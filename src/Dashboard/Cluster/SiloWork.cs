using System.Collections.Immutable;

namespace Experiments.Dashboard.Cluster;

/// <summary>The silos, and what they train by its names.</summary>
/// <param name="Names">By the experiment's id; one that has ended meanwhile may lack.</param>
internal sealed record SiloWork(SiloList Silos, ImmutableDictionary<string, TrainedExperiment> Names)
{
    /// <param name="known">Names that need not be asked for again: under an id they never change.</param>
    public static async Task<SiloWork> Collect(IGrainFactory grains, ImmutableDictionary<string, TrainedExperiment> known, CancellationToken stop)
    {
        var silos = await SiloList.Collect(grains, stop);
        string[] trained = [.. silos.Silos.SelectMany(silo => silo.Experiments).Distinct(StringComparer.Ordinal)];
        var names = known.RemoveRange(known.Keys.Except(trained));
        string[] unknown = [.. trained.Where(id => !names.ContainsKey(id))];
        if (unknown.Length == 0) return new SiloWork(silos, names);

        var grids = (await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).ListGrids(stop)).ToDictionary(grid => grid.Id, grid => grid.Name);
        var found = await Task.WhenAll(unknown.Select(async id => grids.TryGetValue(id[..id.LastIndexOf('-')], out string? grid)
            && await grains.GetGrain<IGridGrain>(GrainKeys.Grid(grid)).GetAssignment(id, stop) is { } assignment
                ? new KeyValuePair<string, TrainedExperiment>(id, new TrainedExperiment(grid, assignment.Definition.Name))
                : default));
        return new SiloWork(silos, names.AddRange(found.Where(pair => pair.Key is not null)));
    }
}

/// <param name="Grid">The grid's name.</param>
public sealed record TrainedExperiment(string Grid, string Name);
