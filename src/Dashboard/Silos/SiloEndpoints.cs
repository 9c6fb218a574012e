using Experiments.Clustering;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Snapshots;

namespace Experiments.Dashboard.Silos;

internal static class SiloEndpoints
{
    public static void MapSilos(this IEndpointRouteBuilder app) => app.MapGet("/api/silos", List)
        .WithName("ListSilos").WithTags("Silos").WithSummary("Lists the silos with their slots and work, and what the storage takes.")
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Snapshot<SiloList>> List(IClusterGrains cluster, CancellationToken stop)
    {
        var list = await SiloList.Collect(cluster.Grains, stop);
        return new Snapshot<SiloList>(list, essence: list with { Silos = [.. list.Silos.Select(WithCoarseAge)] });
    }

    /// <summary>That time passes alone makes no other list, until a silo is silent.</summary>
    private static SiloOverview WithCoarseAge(SiloOverview silo) =>
        silo with { HeardSecondsAgo = silo.HeardSecondsAgo is { } age ? Math.Floor(age / SiloOverviews.SilentSeconds) : null };
}
