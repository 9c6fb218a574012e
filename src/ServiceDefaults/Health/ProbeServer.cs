using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace Experiments.ServiceDefaults.Health;

/// <summary>
/// Answers a supervisor's and a Prometheus' questions of a process that serves nothing else over HTTP. It is there before the rest of the process starts
/// and until the rest has stopped, since that is when they ask.
/// </summary>
internal sealed class ProbeServer(IPEndPoint address, HealthCheckService checks, IHostApplicationLifetime lifetime, MeterProvider meters) : IHostedService, IAsyncDisposable
{
    private readonly WebApplication _server = Build(address, checks, lifetime, meters);

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static WebApplication Build(IPEndPoint address, HealthCheckService checks, IHostApplicationLifetime lifetime, MeterProvider meters)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(address);
        });
        builder.Services.AddRouting();
        var server = builder.Build();
        server.UseRouting();
        server.MapHealth(checks, lifetime, explains: true);
        server.MapPrometheusScrapingEndpoint(path: null, meterProvider: meters, configureBranchedPipeline: null, optionsName: null);
        return server;
    }
}

public static class ProbeServerExtensions
{
    /// <summary>
    /// Serves <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c> to whoever reaches the address; for a host with telemetry that is scraped. To be added before
    /// what it is to outlast.
    /// </summary>
    public static void AddProbeServer(this IServiceCollection services, IPEndPoint address) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ProbeServer>(provider, address));
}
