using Experiments.Dashboard.Cluster;
using Experiments.Dashboard.Description;

namespace Experiments.Dashboard.Security;

/// <summary>What browsers may do with an answer.</summary>
internal static class SecurityHeaders
{
    /// <summary>Answers to programs are data alone: no browser is to run, frame, sniff or share them.</summary>
    private const string ForData = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A page runs our own script files and no other; styles may stand in it, since components set them.</summary>
    /// <param name="nonce">Of the one script that stands in it; null where none does.</param>
    /// <param name="fonts">What fonts may come from beside our files.</param>
    private static string ForPages(string? nonce, string fonts) => $"default-src 'none'; script-src 'self'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'{fonts}; "
        + "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // When the answer begins, since an error clears what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            bool isPage = context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ?? false;
            headers.ContentSecurityPolicy = isPage ? ForPages(ApiReference.NonceOf(context), context.Request.Path.StartsWithSegments(OrleansPages.Path) ? " data:" : "") : ForData;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            // Without a referrer a browser keeps back the Origin of the forms in a page too, by which they are known as its own.
            headers["Referrer-Policy"] = isPage ? "same-origin" : "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
