using System.Collections.Immutable;

namespace Experiments.Dashboard.Cluster;

/// <param name="Grids">Those with experiments that wait for a slot, in the order in which the next free slots serve them.</param>
public sealed record QueueList(ImmutableArray<QueueEntry> Grids)
{
    public static async Task<QueueList> Collect(IGrainFactory grains, CancellationToken stop) =>
        new(await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).GetWaiting(stop));
}
