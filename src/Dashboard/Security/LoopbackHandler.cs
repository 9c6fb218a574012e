using Microsoft.AspNetCore.Authentication;

namespace Experiments.Dashboard.Security;

/// <summary>Without a key or an issuer to ask for, the dashboard listens on loopback addresses alone, and whoever is on the machine may do everything.</summary>
internal sealed class LoopbackHandler : IAuthenticationHandler
{
    public const string Scheme = "Loopback";

    private HttpContext? _context;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Caller.Of("this machine", Role.Operator, Scheme), Scheme)));

    public Task ChallengeAsync(AuthenticationProperties? properties) => Answer(StatusCodes.Status401Unauthorized);

    public Task ForbidAsync(AuthenticationProperties? properties) => Answer(StatusCodes.Status403Forbidden);

    private Task Answer(int status)
    {
        _context!.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
