using System.Collections.Immutable;
using Experiments.Clustering;

namespace Experiments.Dashboard.Cluster;

/// <param name="Silos">The oldest first.</param>
/// <param name="StorageBytes">Bytes of the whole database.</param>
internal sealed record SiloList(ImmutableArray<SiloOverview> Silos, long StorageBytes)
{
    public static async Task<SiloList> Collect(IGrainFactory grains, CancellationToken stop)
    {
        var storage = grains.GetGrain<IStorageGrain>(0).Measure(stop);
        return new SiloList([.. await SiloOverviews.Collect(grains, stop)], await storage);
    }
}
