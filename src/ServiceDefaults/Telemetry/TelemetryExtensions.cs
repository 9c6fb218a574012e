using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Experiments.ServiceDefaults.Telemetry;

public static class TelemetryExtensions
{
    private const string OwnSources = "Experiments.*";

    /// <summary>Orleans' calls between grains, what a call brings about (activations, reads of state), and PostgreSQL's commands.</summary>
    private static readonly string[] OtherSources = ["Microsoft.Orleans.*", "Npgsql"];

    private static readonly string[] OtherMeters = ["Microsoft.Orleans", "System.Runtime", "Microsoft.AspNetCore.*", "Npgsql"];

    private static readonly string[] NoWork = ["/health", "/metrics", "/_blazor"], Files = [".js", ".css", ".svg"];

    /// <summary>
    /// Sends traces, metrics and logs where OTEL_EXPORTER_OTLP_ENDPOINT says; without it, nothing is collected but what
    /// <paramref name="isScraped"/> asks for.
    /// </summary>
    /// <param name="service">What the process is, as OpenTelemetry's <c>service.name</c>; OTEL_SERVICE_NAME goes before it.</param>
    /// <param name="isScraped">Whether metrics are collected for a Prometheus that asks for them.</param>
    /// <returns>Whether traces are collected, for which grain calls must carry them.</returns>
    /// <exception cref="TelemetryOptionException">One of the variables cannot be used.</exception>
    public static bool AddTelemetry(this IHostApplicationBuilder builder, string service, bool isScraped)
    {
        var variables = OpenTelemetryVariables.Read(Environment.GetEnvironmentVariables());
        var (traces, metrics, logs) = (variables.Sends("TRACES"), variables.Sends("METRICS"), variables.Sends("LOGS"));
        if (!traces && !metrics && !logs && !isScraped)
        {
            return false;
        }

        // The SDK asks the host's configuration, which not every host of ours takes from the environment.
        builder.Configuration.AddInMemoryCollection(variables.All);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            service,
            serviceVersion: typeof(TelemetryExtensions).Assembly.GetName().Version!.ToString(fieldCount: 3),
            autoGenerateServiceInstanceId: false,
            serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}")).AddEnvironmentVariableDetector());
        if (metrics || isScraped)
        {
            telemetry.WithMetrics(meters =>
            {
                meters.AddMeter([OwnSources, .. OtherMeters]);
                if (isScraped) meters.AddPrometheusExporter();
                if (metrics) meters.AddOtlpExporter();
            });
        }

        if (traces)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource([OwnSources, .. OtherSources])
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWork)
                .SetSampler(WorkSampler.ParentBased(variables.RootSampler))
                .AddOtlpExporter());
        }

        if (logs)
        {
            builder.Logging.AddOpenTelemetry(logging =>
            {
                (logging.IncludeFormattedMessage, logging.IncludeScopes) = (true, true);
                logging.AddProcessor(new ScopedTrace());
                logging.AddOtlpExporter();
            });
        }

        return traces;
    }

    /// <summary>Neither what asks after our health, nor a page's files, nor a connection that lasts as long as its page.</summary>
    private static bool IsWork(HttpContext context) =>
        !NoWork.Any(path => context.Request.Path.StartsWithSegments(path))
        && !Files.Any(extension => context.Request.Path.Value!.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
