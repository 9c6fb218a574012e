using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace Experiments.Dashboard.Security;

/// <summary>
/// Knows a request by its key. Without a key to ask for, the dashboard listens on loopback addresses alone, and whoever is on the machine
/// is known.
/// </summary>
internal sealed class ApiKeyHandler(DashboardOptions options) : IAuthenticationHandler
{
    public const string Scheme = "Bearer";

    private const string Prefix = Scheme + " ";

    private HttpContext? _context;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        if (options.Key is { } key)
        {
            string? header = _context!.Request.Headers.Authorization;
            if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());
            if (!key.Is(header[Prefix.Length..].Trim())) return Task.FromResult(AuthenticateResult.Fail("The key is another."));
        }

        var identity = new ClaimsIdentity(Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context!.Response.StatusCode = StatusCodes.Status401Unauthorized;
        _context.Response.Headers[HeaderNames.WWWAuthenticate] = Scheme;
        return Task.CompletedTask;
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        _context!.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
