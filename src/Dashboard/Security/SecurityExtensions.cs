using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Experiments.Dashboard.Security;

internal static class SecurityExtensions
{
    private const int MostConnections = 1_000, LongestLine = 8 * 1024, LargestHeaders = 16 * 1024;

    private static readonly TimeSpan TimeForHeaders = TimeSpan.FromSeconds(10), TimeForAnswer = TimeSpan.FromSeconds(60);

    /// <summary>Every endpoint asks for a known caller unless it says otherwise.</summary>
    public static void AddSecurity(this IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<Refusals>();
        services.AddTransient<ApiKeyHandler>();
        services.AddTransient<LoopbackHandler>();
        services.AddAuthentication(authentication =>
            {
                authentication.AddScheme<ApiKeyHandler>(ApiKeyHandler.Scheme, displayName: null);
                authentication.AddScheme<LoopbackHandler>(LoopbackHandler.Scheme, displayName: null);
                authentication.DefaultScheme = CallerScheme;
            })
            .AddPolicyScheme(CallerScheme, displayName: null, policy => policy.ForwardDefaultSelector = context => SchemeOf(context, options.Access))
            .AddSessionCookie()
            .AddIssuer(options.Access.Issuer);
        services.AddAuthorization(authorization =>
        {
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            authorization.DefaultPolicy = authorization.FallbackPolicy;
            authorization.AddPolicy(Role.Operator, policy => policy.RequireRole(Role.Operator));
        });
        services.AddCascadingAuthenticationState();
        // Nothing that it protects is meant to outlive this process: with it everybody signs in anew.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "experiments-antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.HeaderName = Changes.TokenHeader;
        });
        services.AddSignInLimit();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeForAnswer,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });
    }

    public static void Limit(this KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = MostConnections;
        server.Limits.MaxConcurrentUpgradedConnections = MostConnections;
        server.Limits.MaxRequestLineSize = LongestLine;
        server.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        server.Limits.MaxRequestBodySize = Refusals.LargestBody;
        server.Limits.RequestHeadersTimeout = TimeForHeaders;
    }

    public static void UseRefusals(this IApplicationBuilder app)
    {
        var refusals = app.ApplicationServices.GetRequiredService<Refusals>();
        app.Use(refusals.Invoke);
    }

    private const string CallerScheme = "Caller";

    private static string SchemeOf(HttpContext context, Access access) =>
        access.IsOpen ? LoopbackHandler.Scheme
        : context.Request.Headers.Authorization.Count > 0 ? ApiKeyHandler.Scheme
        : SessionCookie.Scheme;
}
