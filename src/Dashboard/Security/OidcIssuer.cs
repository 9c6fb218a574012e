using System.Net;

namespace Experiments.Dashboard.Security;

/// <summary>An OpenID Connect issuer whose users may sign in.</summary>
/// <param name="Authority">Its address, below which it publishes <c>.well-known/openid-configuration</c>.</param>
/// <param name="ClientId">By which it knows the dashboard.</param>
/// <param name="ClientSecret">Null for a public client, which proves itself by PKCE alone.</param>
/// <param name="OperatorClaim">What a user must have to change anything; the others read. Null: all read.</param>
internal sealed record OidcIssuer(Uri Authority, string ClientId, string? ClientSecret, RequiredClaim? OperatorClaim)
{
    /// <exception cref="DashboardOptionException">One of them cannot be used.</exception>
    public static OidcIssuer? Create(string? authority, string? clientId, string? secret, string? operators)
    {
        if (string.IsNullOrEmpty(authority))
        {
            return string.IsNullOrEmpty(clientId) && string.IsNullOrEmpty(operators)
                ? null
                : throw new DashboardOptionException("--oidc-client and --oidc-operators want the issuer: add --oidc-issuer https://….");
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var url) || !IsSafe(url))
            throw new DashboardOptionException($"--oidc-issuer {authority}: give the issuer's https:// address (http:// only on this machine).");

        if (string.IsNullOrEmpty(clientId)) throw new DashboardOptionException("--oidc-issuer wants --oidc-client: the client id by which the issuer knows this dashboard.");

        return new OidcIssuer(url, clientId, string.IsNullOrEmpty(secret) ? null : secret, string.IsNullOrEmpty(operators) ? null : RequiredClaim.Parse(operators));
    }

    private static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps
        || (url.Scheme == Uri.UriSchemeHttp && (url.Host == "localhost" || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address))));
}

/// <param name="Type">Such as <c>groups</c>.</param>
internal sealed record RequiredClaim(string Type, string Value)
{
    /// <exception cref="DashboardOptionException">It is not of the form <c>claim=value</c>.</exception>
    public static RequiredClaim Parse(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
        ? new RequiredClaim(text[..at], text[(at + 1)..])
        : throw new DashboardOptionException($"--oidc-operators {text}: give the claim that operators have, and its value, such as groups=ml-team.");
}
