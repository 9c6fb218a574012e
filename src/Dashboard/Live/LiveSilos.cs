using System.Collections.Immutable;
using Experiments.Clustering;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Cluster;

namespace Experiments.Dashboard.Live;

/// <summary>The silos, whose heartbeats make another list each time.</summary>
internal sealed class LiveSilos(IClusterGrains cluster, TimeProvider time) : LiveView<SiloList>(time)
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<SiloList?> Ask(SiloList? known) => await SiloList.Collect(cluster.Grains, CancellationToken.None);
}
