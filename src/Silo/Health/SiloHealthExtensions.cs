using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Silo.Health;

internal static class SiloHealthExtensions
{
    /// <summary>Less than a supervisor waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Adds what must hold for the silo to do its work.</summary>
    public static void AddSiloHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StorageHealth>("database", HealthStatus.Unhealthy, tags: [], Patience)
        .AddCheck<MembershipHealth>("membership", HealthStatus.Unhealthy, tags: [], Patience)
        .AddCheck<SlotsHealth>("slots", HealthStatus.Unhealthy, tags: [], Patience)
        .AddCheck<DatasetHealth>("dataset", HealthStatus.Degraded, tags: [], Patience);
}
