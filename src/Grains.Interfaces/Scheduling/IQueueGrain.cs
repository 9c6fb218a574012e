using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Experiments;

/// <summary>
/// The cluster's queue of experiments that wait for a slot; one grain, of the key <see cref="GrainKeys.Queue"/>. It holds nothing of
/// its own: a new activation reads the grids.
/// </summary>
[Alias("Experiments.IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Waits up to <paramref name="patience"/> for an experiment to train; null where none came.</summary>
    /// <param name="silo">Whose slot asks. What one that was cut off has asked may arrive when it has long been declared dead: it is given nothing.</param>
    [AlwaysInterleave, Alias("Take")]
    Task<QueuedExperiment?> Take(SiloAddress silo, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>A grid was submitted, or has experiments pending again.</summary>
    [AlwaysInterleave, Alias("Offer")]
    Task Offer(string gridName, CancellationToken cancellationToken);

    /// <summary>Some of what waited of a grid waits no longer, or the grid is gone.</summary>
    [AlwaysInterleave, Alias("Withdraw")]
    Task Withdraw(string gridName, CancellationToken cancellationToken);

    /// <summary>An experiment that was taken is no longer trained: it is pending again, paused or in a final status.</summary>
    [AlwaysInterleave, Alias("Return")]
    Task Return(string gridName, string experimentId, bool pending, CancellationToken cancellationToken);

    /// <summary>Sees to it that there is a queue, which ends the leases of lost silos also while no slot asks it for work.</summary>
    [AlwaysInterleave, Alias("Wake")]
    Task Wake(CancellationToken cancellationToken);

    /// <summary>Every grid known, in the order of submission.</summary>
    [AlwaysInterleave, Alias("ListGrids")]
    Task<ImmutableArray<GridName>> ListGrids(CancellationToken cancellationToken);

    /// <summary>The grids with experiments that wait for a slot, in the order in which the next free slots would serve them.</summary>
    [AlwaysInterleave, Alias("GetWaiting")]
    Task<ImmutableArray<QueueEntry>> GetWaiting(CancellationToken cancellationToken);
}

/// <param name="IsServed">Whether its pending experiments are given to slots; one that an earlier process left may wait to be submitted again.</param>
[GenerateSerializer, Immutable, Alias("Experiments.GridName")]
public sealed record GridName([property: Id(0)] string Name, [property: Id(1)] string Id, [property: Id(2)] bool IsServed)
{
    /// <summary>The grid that a user names; where one's name is another's id, the name counts. Null where there is none.</summary>
    public static GridName? Find(ImmutableArray<GridName> grids, string nameOrId) =>
        grids.FirstOrDefault(grid => grid.Name == nameOrId) ?? grids.FirstOrDefault(grid => grid.Id == nameOrId);
}

/// <summary>What waits of one grid.</summary>
/// <param name="Waiting">Experiments that wait for a slot.</param>
/// <param name="Training">Experiments that slots train, or have taken and are about to train.</param>
/// <param name="MaxParallel">How many may train at once; null for no limit. A grid that has as many comes after all that may train one more.</param>
[GenerateSerializer, Immutable, Alias("Experiments.QueueEntry")]
public sealed record QueueEntry(
    [property: Id(0)] string GridName,
    [property: Id(1)] int Priority,
    [property: Id(2)] int Waiting,
    [property: Id(3)] int Training,
    [property: Id(4)] int? MaxParallel);
