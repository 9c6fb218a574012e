using System.Collections.Frozen;

namespace Experiments.Dashboard.Security;

/// <summary>Refuses what was sent by way of another site's page or name, and what is larger than any request need be.</summary>
internal sealed class Refusals(DashboardOptions options)
{
    /// <summary>Bytes; no endpoint takes a body.</summary>
    public const int LargestBody = 64 * 1024;

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly FrozenSet<string> _hosts = Loopback.Concat(options.AllowedHosts).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var refusal = !_hosts.Contains(request.Host.Host)
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                title: "The request is for a host that is not this dashboard.",
                detail: "Use the address that it listens on, or start it with the name in --allowed-hosts.")
            : IsForeign(request)
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden,
                title: "The request comes from another site's page.",
                detail: "Send it from the dashboard's own address, or without the header Origin.")
            : request.ContentLength > LargestBody
            ? TypedResults.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge,
                title: "The request is too large.",
                detail: "Send it without a body: nothing here takes one.")
            : null;
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    /// <summary>Only the authority is compared: a proxy in front may have ended https.</summary>
    private static bool IsForeign(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var url) && string.Equals(url.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
