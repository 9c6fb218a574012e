using Experiments.Dashboard.Cluster;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

internal sealed class LiveQueue(IClusterGrains cluster, TimeProvider time) : LiveView<QueueList>(time)
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<QueueList?> Ask(QueueList? known)
    {
        var queue = await QueueList.Collect(cluster.Grains, CancellationToken.None);
        return known is not null && known.Grids.SequenceEqual(queue.Grids) ? known : queue;
    }
}
