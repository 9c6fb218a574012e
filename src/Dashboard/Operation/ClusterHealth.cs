using Experiments.Clustering;
using Experiments.Dashboard.Connection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Dashboard.Operation;

/// <summary>Whether the silos answer, and their database answers them: without either there is nothing to show.</summary>
internal sealed class ClusterHealth(IClusterGrains cluster) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.Grains.GetGrain<IStorageGrain>(0).Measure(cancellationToken);
            return HealthCheckResult.Healthy("Silos and database answer.");
        }
        catch (Exception exception) when (exception is ClusterUnreachableException || PatientCalls.IsPassing(exception))
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("No silo answers in time. See that the silos and their database run.");
        }
    }
}
