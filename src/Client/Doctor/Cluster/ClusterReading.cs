using System.Collections.Immutable;
using Experiments.Clustering;
using Experiments.Grains.Storage.Inspection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Client.Doctor.Cluster;

/// <summary>What the silos of a cluster tell of themselves.</summary>
/// <param name="Members">Those that the database has as active.</param>
/// <param name="Silos">Those of which a silo knows that they are not dead.</param>
internal sealed record ClusterReading(ImmutableArray<MemberEndpoints> Members, SiloOverview[] Silos, ImmutableArray<QueueEntry> Waiting)
{
    /// <summary>The word of a silo that was killed stands for a while, and another gateway is tried then.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>As a client that sends no telemetry of its own and asks once.</summary>
    /// <param name="cluster">Connection string of the database.</param>
    public static async Task<ClusterReading> Take(string cluster, ImmutableArray<MemberEndpoints> members, CancellationToken until)
    {
        var builder = ClientHost.CreateBuilder();
        builder.UseOrleansClient(client => client.JoinCluster(cluster).UseConnectionRetryFilter(async (_, cancellation) =>
        {
            await Task.Delay(Pause, cancellation);
            return !until.IsCancellationRequested;
        }));
        var host = builder.Build();
        try
        {
            await host.StartAsync(until);
            var grains = (IGrainFactory)host.Services.GetService(typeof(IGrainFactory))!;
            var waiting = grains.GetGrain<IQueueGrain>(GrainKeys.Queue).GetWaiting(until);
            return new ClusterReading(members, await SiloOverviews.Collect(grains, until), await waiting);
        }
        finally
        {
            // Nobody waits for the farewell, which may find no one.
            _ = Task.Run(async () =>
            {
                await host.StopAsync(CancellationToken.None);
                host.Dispose();
            }, CancellationToken.None);
        }
    }
}
