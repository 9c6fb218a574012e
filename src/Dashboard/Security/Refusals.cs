using System.Collections.Frozen;
using System.Globalization;

namespace Experiments.Dashboard.Security;

/// <summary>Refuses what was sent by way of another site's page or name, and what is larger than any request need be.</summary>
internal sealed class Refusals(DashboardOptions options)
{
    /// <summary>Bytes: a grid file of 1 MB, which is the longest text there is, written as JSON.</summary>
    public const int LargestBody = 2 * 1024 * 1024;

    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly FrozenSet<string> _hosts = Loopback.Concat(options.AllowedHosts.Select(host => host.Name)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenSet<string> _secure = options.AllowedHosts.Where(host => host.IsSecure).Select(host => host.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // A supervisor asks after the health by whatever address it has, and what it hears is no secret.
        var refusal = !_hosts.Contains(request.Host.Host) && !request.Path.StartsWithSegments("/health")
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
                detail: string.Create(CultureInfo.InvariantCulture, $"Send at most {LargestBody / (1024 * 1024)} MB: no grid file is as large."))
            : null;
        if (refusal is not null) return refusal.ExecuteAsync(context);

        if (_secure.Contains(request.Host.Host)) request.Scheme = Uri.UriSchemeHttps;
        return next(context);
    }

    /// <summary>Only the authority is compared: a proxy in front may have ended https.</summary>
    private static bool IsForeign(HttpRequest request) => request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var url) && string.Equals(url.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
