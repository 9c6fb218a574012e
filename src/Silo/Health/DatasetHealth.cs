using Experiments.Training.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.Silo.Health;

/// <summary>Whether Fashion-MNIST is on this machine. Where it is not it is fetched, and data of a user's own come from the storage.</summary>
internal sealed class DatasetHealth(DatasetOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var dataset = BuiltInDatasets.FashionMnist;
        return Task.FromResult(HealthCheckResult.Healthy(options.Find(dataset) is { } folder
            ? $"{dataset.Name} is in {folder}."
            : $"{dataset.Name} is not on this machine: it is fetched when an experiment needs it."));
    }
}
