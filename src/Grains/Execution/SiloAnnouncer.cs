using Experiments.Training;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// Tells the cluster every few seconds what the silo trains. The first of the cluster's silos wakes the queue at that: where the queue is lost
/// with its silo while every other slot trains, nobody else would for as long. However many silos there are, one asks.
/// </summary>
/// <param name="experiments">Ids of those that it trains now.</param>
/// <param name="datasetCache">Folder of the fetched datasets.</param>
/// <param name="processor">What results depend on to the bit; null where there are no slots.</param>
internal sealed class SiloAnnouncer(
    IGrainFactory grains, IClusterMembershipService membership, SiloAddress silo, int slots, Func<IEnumerable<string>> experiments, string datasetCache, string? processor, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public async Task Run(CancellationToken stopping)
    {
        var grain = grains.GetGrain<ISiloGrain>(GrainKeys.Silo(silo));
        var startedAt = time.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var (cached, free) = DatasetDisk.Measure(datasetCache);
                await grain.Announce(new SiloAnnouncement(slots, [.. experiments()], startedAt, cached, free, LibTorch.Version, processor), stopping);
                if (IsFirst())
                {
                    await grains.GetGrain<IQueueGrain>(GrainKeys.Queue).Wake(stopping);
                }
            }
            catch (Exception exception)
            {
                if (!stopping.IsCancellationRequested)
                {
                    logger.NotAnnounced(exception.Reason());
                }
            }

            await Task.Delay(Period, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsFirst() => membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Min(member => member.SiloAddress)?.Equals(silo) == true;
}
