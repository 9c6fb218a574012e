using Experiments.Clustering;
using Experiments.Dashboard.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Dashboard.Problems;

/// <summary>Every error is a problem document (RFC 9457) whose title says what is wrong, and whose detail says the remedy.</summary>
internal static class ProblemsExtensions
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = problem => Explain(problem.ProblemDetails));
        services.AddExceptionHandler<ClusterFaults>();
        services.AddExceptionHandler<RequestFaults>();
        // What is wrong with a request is told by an exception, which else would be swallowed.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    /// <summary>Whoever looks for a page that is not there gets one that says so; programs get problem documents.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseWhen(context => !Pages.IsAskedFor(context.Request), programs => programs.UseStatusCodePages());
        app.UseWhen(context => Pages.IsAskedFor(context.Request), pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
    }

    /// <summary>What the web server itself found wrong, in words that help.</summary>
    private static void Explain(ProblemDetails problem)
    {
        if (problem.Detail is not null) return;
        (problem.Title, problem.Detail) = problem.Status switch
        {
            StatusCodes.Status401Unauthorized => (
                "The API key is missing or wrong.", $"Send the one that the dashboard was started with ({DashboardCommand.KeyVariable}), as 'Authorization: Bearer KEY'."),
            StatusCodes.Status403Forbidden => (
                "The key does not allow it.", $"It may only look: what changes something wants the key of {DashboardCommand.KeyVariable}, or a user whom the issuer calls an operator."),
            StatusCodes.Status429TooManyRequests => ("Too many attempts to sign in.", "Wait a minute."),
            StatusCodes.Status404NotFound => ("There is nothing at this address.", "GET /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => ("The address does not answer this method.", "GET /openapi/v1.json lists what there is."),
            StatusCodes.Status415UnsupportedMediaType => (
                "The body is of no type that can be read.", "Say with Content-Type what it is: application/yaml for a grid file, application/json else. GET /openapi/v1.json lists what each address takes."),
            StatusCodes.Status504GatewayTimeout => ("The answer took too long.", "Try again; see that the cluster's silos are not overloaded."),
            StatusCodes.Status500InternalServerError => ("The dashboard failed.", "Its log says why, beside the traceId of this answer."),
            _ => (problem.Title, problem.Detail),
        };
    }

    private sealed class ClusterFaults(IProblemDetailsService problems) : IExceptionHandler
    {
        /// <summary>Seconds.</summary>
        private const string TimeToReturn = "2";

        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not (ClusterUnreachableException or StorageUnavailableException or DatasetUnreadableException)) return ValueTask.FromResult(false);

            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.Headers.RetryAfter = TimeToReturn;
            return problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Title = Title(exception), Detail = exception.Message },
            });
        }

        private static string Title(Exception exception) => exception is DatasetUnreadableException ? "The dataset cannot be read." : "The cluster cannot be reached.";
    }
}
