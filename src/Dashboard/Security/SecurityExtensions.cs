using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Experiments.Dashboard.Security;

internal static class SecurityExtensions
{
    private const int MostConnections = 1_000, LongestLine = 8 * 1024, LargestHeaders = 16 * 1024;

    private static readonly TimeSpan TimeForHeaders = TimeSpan.FromSeconds(10), TimeForAnswer = TimeSpan.FromSeconds(60);

    /// <summary>Every endpoint asks for a known caller unless it says otherwise, and none does.</summary>
    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<Refusals>();
        services.AddTransient<ApiKeyHandler>();
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<ApiKeyHandler>(ApiKeyHandler.Scheme, displayName: null);
            authentication.DefaultScheme = ApiKeyHandler.Scheme;
        });
        services.AddAuthorization(authorization => authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
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
        server.Limits.MaxRequestLineSize = LongestLine;
        server.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        server.Limits.MaxRequestBodySize = Refusals.LargestBody;
        server.Limits.RequestHeadersTimeout = TimeForHeaders;
    }

    /// <summary>Answers are data alone: no browser is to run, frame, sniff or share them.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // When the answer begins, since an error clears what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    });

    public static void UseRefusals(this IApplicationBuilder app)
    {
        var refusals = app.ApplicationServices.GetRequiredService<Refusals>();
        app.Use(refusals.Invoke);
    }
}
