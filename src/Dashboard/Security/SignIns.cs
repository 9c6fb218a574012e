using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Dashboard.Security;

/// <summary>Where forms that sign in and out are sent to.</summary>
internal static class SignIns
{
    private const string IssuerPath = "/sign-in/issuer";

    public static void MapSignIns(this IEndpointRouteBuilder app, Access access)
    {
        app.MapPost("/sign-out", async (HttpContext context, [FromForm] string? returnUrl) =>
        {
            await context.SignOutAsync(SessionCookie.Scheme);
            return TypedResults.LocalRedirect(SignInPage.Path);
        }).ExcludeFromDescription();

        if (access.Issuer is not null)
        {
            app.MapGet(IssuerPath, (string? returnUrl) =>
                    TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Inside(returnUrl) }, [IssuerSignIn.Scheme]))
                .AllowAnonymous().ExcludeFromDescription();
        }
    }

    /// <summary>Where a browser is sent on to the issuer.</summary>
    public static string AtIssuer(string? returnUrl) => $"{IssuerPath}?returnUrl={Uri.EscapeDataString(Inside(returnUrl))}";

    /// <summary>The page that was asked for, unless it is on another site.</summary>
    public static string Inside(string? returnUrl) =>
        returnUrl is ['/', ..] && returnUrl is not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}
