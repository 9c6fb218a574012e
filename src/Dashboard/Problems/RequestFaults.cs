using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Dashboard.Problems;

/// <summary>A request that cannot be read is whoever sent it to mend, and told what of it is wrong.</summary>
internal sealed class RequestFaults(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException { StatusCode: var status }) return ValueTask.FromResult(false);

        httpContext.Response.StatusCode = status;
        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails =
            {
                Status = status,
                Title = status == StatusCodes.Status413PayloadTooLarge ? "The request is too large." : "The request cannot be read.",
                Detail = exception.InnerException is { } reason ? $"{exception.Message} {reason.Message}" : exception.Message,
            },
        });
    }
}
