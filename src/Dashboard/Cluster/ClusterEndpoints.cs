using Experiments.Clustering;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Snapshots;

namespace Experiments.Dashboard.Cluster;

internal static class ClusterEndpoints
{
    public static void MapCluster(this IEndpointRouteBuilder app)
    {
        var cluster = app.MapGroup("/api").WithTags("Cluster").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cluster.MapGet("/silos", ListSilos).WithName("ListSilos").WithSummary("Lists the silos with their slots and work, and what the storage takes.");
        cluster.MapGet("/queue", ShowQueue).WithName("ShowQueue").WithSummary("Lists the grids with experiments that wait for a slot, in the order in which the next free slots serve them.");
    }

    private static async Task<Snapshot<SiloList>> ListSilos(IClusterGrains cluster, CancellationToken stop)
    {
        var list = await SiloList.Collect(cluster.Grains, stop);
        return new Snapshot<SiloList>(list, essence: list with { Silos = [.. list.Silos.Select(WithCoarseAge)] });
    }

    private static async Task<Snapshot<QueueList>> ShowQueue(IClusterGrains cluster, CancellationToken stop) => new(await QueueList.Collect(cluster.Grains, stop));

    /// <summary>That time passes alone makes no other list, until a silo is silent.</summary>
    private static SiloOverview WithCoarseAge(SiloOverview silo) =>
        silo with { HeardSecondsAgo = silo.HeardSecondsAgo is { } age ? Math.Floor(age / SiloOverviews.SilentSeconds) : null };
}
