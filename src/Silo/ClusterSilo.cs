using Experiments.Clustering;
using Experiments.Grains.Execution;
using Experiments.Grains.Storage;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Experiments.Silo;

public static class ClusterSilo
{
    /// <summary>A probe is answered in milliseconds even where every core trains, since slots have a lower priority.</summary>
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same of a silo whose answers are slow. Whoever has sent nothing for three times as long may be declared dead: where a machine is
    /// cut off no connection breaks, and all that waits for it waits until then.
    /// </summary>
    private static readonly TimeSpan LongestProbePatience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often a silo writes that it lives. One that has missed three of these is not asked whether it welcomes a newcomer: after the
    /// death of all, the first that starts need not wait long.
    /// </summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    /// <summary>How often a silo reads who is a member: at its start, how soon it does without those that died all at once.</summary>
    private static readonly TimeSpan LookAtMembers = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many grains a silo remembers the place of; Orleans' million would fill up with experiments that have long completed. Far more
    /// than those that are active: of an experiment, only while a slot trains it or somebody looks.
    /// </summary>
    private const int RememberedGrains = 5_000;

    /// <summary>
    /// How long the grains of a silo that was declared dead are not begun elsewhere, should it live on unknown to all. Orleans' half a minute
    /// would keep its experiments waiting, and no time is needed: where two activations of a grain live, the storage refuses what the older one
    /// writes, by its version or its lease.
    /// </summary>
    private static readonly TimeSpan TrustInTheDead = TimeSpan.Zero;

    /// <summary>Adds a silo that joins its cluster, with its training slots.</summary>
    /// <exception cref="StorageUnavailableException">The connection string cannot be used.</exception>
    public static void AddClusterSilo(this IHostApplicationBuilder builder, ClusterSiloOptions options) => builder.UseOrleans(silo =>
    {
        silo.AddPostgresStorage(options.ConnectionString)
            .UsePostgresClustering()
            .ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort)
            .AddSlots(training => (training.Slots, training.CheckpointEvery) = (options.Slots, options.CheckpointEvery), options.DataFolder)
            .AddGrainCounts()
            .Configure<GrainDirectoryOptions>(directory => (directory.CacheSize, directory.RangeLeaseDuration) = (RememberedGrains, TrustInTheDead))
            .Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = ProbePatience;
                membership.MaxProbeTimeout = LongestProbePatience;
                membership.IAmAliveTablePublishTimeout = SignOfLife;
                membership.TableRefreshTimeout = LookAtMembers;
                membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
                membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            });
        silo.Services.AddSingleton<IFatalErrorHandler, EndOfMembership>();
        silo.Services.AddHostedService<MembershipLook>();
        // The default directory forgets what the partition of a lost silo knew, and so ends grains on healthy ones.
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    });
}
