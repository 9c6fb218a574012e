using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Experiments.Dashboard.Security;

/// <summary>How a browser is known after it has signed in.</summary>
internal static class SessionCookie
{
    public const string Scheme = "Session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static AuthenticationBuilder AddSessionCookie(this AuthenticationBuilder authentication) => authentication.AddCookie(Scheme, cookie =>
    {
        cookie.Cookie.Name = "experiments-session";
        cookie.Cookie.HttpOnly = true;
        // Lax, as the way back from an issuer begins on its site; a change asks for its own proof besides.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Lifetime;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInPage.Path;
        cookie.Events.OnRedirectToLogin = AskToSignIn;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    });

    /// <summary>Only who looks at a page is sent to another one.</summary>
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (Pages.IsAskedFor(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers[HeaderNames.WWWAuthenticate] = ApiKeyHandler.Scheme;
        }

        return Task.CompletedTask;
    }
}
