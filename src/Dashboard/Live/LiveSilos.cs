using Experiments.Dashboard.Cluster;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>The silos, whose heartbeats make another list each time.</summary>
internal sealed class LiveSilos(IClusterGrains cluster, TimeProvider time) : LiveView<SiloWork>(time)
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<SiloWork?> Ask(SiloWork? known) => await SiloWork.Collect(cluster.Grains, known?.Names ?? [], CancellationToken.None);
}
