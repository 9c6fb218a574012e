using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Dashboard.Security;

/// <summary>What changes something asks for more than to be known.</summary>
internal static class Changes
{
    public const string TokenHeader = "X-Experiments-Antiforgery";

    /// <summary>
    /// For operators alone. A browser sends its cookie with whatever asks for it, so with a cookie the antiforgery token must come too; a
    /// key in a header is proof enough, and on an open dashboard the browser's own Origin is, which was compared before.
    /// </summary>
    public static RouteHandlerBuilder Changing(this RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Role.Operator)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .AddEndpointFilter(async (context, next) =>
            context.HttpContext.User.Identity?.AuthenticationType is ApiKeyHandler.Scheme or LoopbackHandler.Scheme
                || await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
                ? await next(context)
                : Forged);

    private static readonly ProblemHttpResult Forged = TypedResults.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        title: "The request does not prove that it comes from the dashboard's own page.",
        detail: $"Send the API key as 'Authorization: Bearer KEY', or the page's antiforgery token as {TokenHeader}.");
}
