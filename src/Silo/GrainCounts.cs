using Orleans.Dashboard;
using Orleans.Hosting;

namespace Experiments.Silo;

internal static class GrainCounts
{
    /// <summary>Milliseconds: who looks at Orleans' dashboard waits so long, and a silo at which nobody looks has next to nothing to do.</summary>
    private const int Period = 5_000;

    /// <summary>Counts activations and, while somebody looks, calls, for Orleans' own dashboard. Logs stay where they are.</summary>
    public static ISiloBuilder AddGrainCounts(this ISiloBuilder silo) =>
        silo.AddDashboard(dashboard => (dashboard.HideTrace, dashboard.CounterUpdateIntervalMs) = (true, Period));
}
