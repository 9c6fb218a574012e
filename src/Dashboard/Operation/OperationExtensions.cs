using Experiments.ServiceDefaults.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;

namespace Experiments.Dashboard.Operation;

/// <summary>What a supervisor and a Prometheus ask the dashboard.</summary>
internal static class OperationExtensions
{
    /// <summary>Less than a supervisor waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<ClusterHealth>("cluster", HealthStatus.Unhealthy, tags: [], Patience);

    /// <summary>Health to everybody, since a supervisor has no key and learns nothing but yes or no; measurements to those who may read, where they are collected.</summary>
    public static void MapOperation(this WebApplication app, DashboardOptions options)
    {
        app.MapHealth(app.Services.GetRequiredService<HealthCheckService>(), app.Lifetime, explains: options.Access.IsOpen).AllowAnonymous().ExcludeFromDescription();
        if (app.Services.GetService<MeterProvider>() is not null)
        {
            app.MapPrometheusScrapingEndpoint().ExcludeFromDescription();
        }
    }
}
