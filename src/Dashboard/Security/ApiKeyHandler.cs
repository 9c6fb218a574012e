using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace Experiments.Dashboard.Security;

/// <summary>Knows a request by the key in its header.</summary>
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
        string? header = _context!.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return Task.FromResult(AuthenticateResult.NoResult());

        return Task.FromResult(Caller.OfKey(options.Access, header[Prefix.Length..].Trim(), Scheme) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme))
            : AuthenticateResult.Fail("The key is another."));
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
