using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Health;

public static class HealthEndpoints
{
    /// <summary>
    /// Maps <c>/health/live</c>, which is answered as long as the process can answer at all, and <c>/health/ready</c>, which is 200 while every check
    /// lets work come, and 503 otherwise and from the moment the process is asked to stop.
    /// </summary>
    /// <param name="explains">Whether the answer says why, beside the checks' names: not to strangers.</param>
    /// <returns>Both endpoints.</returns>
    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder endpoints, HealthCheckService checks, IHostApplicationLifetime lifetime, bool explains)
    {
        var health = endpoints.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new HealthAnswer(nameof(HealthStatus.Healthy), new Dictionary<string, CheckAnswer>())))
            .WithName("IsLive").WithSummary("Tells that the process answers.");
        health.MapGet("/ready", (CancellationToken stop) => Ready(checks, lifetime, explains, stop))
            .WithName("IsReady").WithSummary("Tells whether work may come, and what keeps it away.").Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
        return health;
    }

    private static async Task<IResult> Ready(HealthCheckService checks, IHostApplicationLifetime lifetime, bool explains, CancellationToken stop)
    {
        var report = await checks.CheckHealthAsync(stop);
        Dictionary<string, CheckAnswer> answers = report.Entries.ToDictionary(
            check => check.Key, check => new CheckAnswer(check.Value.Status.ToString(), explains ? check.Value.Description ?? check.Value.Exception?.Message : null));
        var status = report.Status;
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            status = HealthStatus.Unhealthy;
            answers["process"] = new CheckAnswer(status.ToString(), "It stops.");
        }

        return TypedResults.Json(
            new HealthAnswer(status.ToString(), answers), statusCode: status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    /// <param name="Status">Healthy; Degraded, where work may come but something wants mending; Unhealthy.</param>
    private sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, CheckAnswer> Checks);

    /// <param name="Reason">What was seen, and the remedy; null where that is not told.</param>
    private sealed record CheckAnswer(string Status, string? Reason);
}
