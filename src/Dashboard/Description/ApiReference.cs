using Microsoft.AspNetCore.Authorization;
using Scalar.AspNetCore;

namespace Experiments.Dashboard.Description;

/// <summary>The OpenAPI document as a page on which requests can be tried.</summary>
internal static class ApiReference
{
    public const string Path = "/scalar";

    public static void MapApiReference(this IEndpointRouteBuilder app) => app.MapScalarApiReference(Path, scalar =>
    {
        scalar.Title = "Experiments API";
        // Its page holds a script: the nonce lets in that one, and no other that somebody writes into the page.
        scalar.WithNonce();
        // Nothing is asked of another host, or told to one.
        scalar.DefaultFonts = false;
        (scalar.HideClientButton, scalar.ShowDeveloperTools) = (true, DeveloperToolsVisibility.Never);
        scalar.DisableAgent().DisableMcp().DisableTelemetry();
    }).Finally(endpoint =>
    {
        // The package lets anybody have its scripts; here only who is known has anything.
        foreach (object open in endpoint.Metadata.Where(metadata => metadata is IAllowAnonymous).ToList()) endpoint.Metadata.Remove(open);
    });

    /// <summary>The nonce of the page that is being answered; null on all other pages.</summary>
    public static string? NonceOf(HttpContext context) => context.Items[ScalarOptions.NonceHttpContextItemKey] as string;
}
