using Experiments.Grains.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Silo.Health;

/// <summary>Whether the storage answers.</summary>
internal sealed class StorageHealth(ICheckpointStore checkpoints) : IHealthCheck
{
    private const string NoExperiment = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await checkpoints.ListAsync(NoExperiment, cancellationToken);
        return HealthCheckResult.Healthy("It answers.");
    }
}
