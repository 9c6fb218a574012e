using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Experiments.Dashboard.Security;

/// <summary>Keys are too long to be guessed; this keeps whoever tries from taking the machine's time.</summary>
internal static class SignInLimit
{
    private const int Attempts = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Equals(SignInPage.Path, StringComparison.OrdinalIgnoreCase)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = Attempts, Window = Window })
                : RateLimitPartition.GetNoLimiter(""));
    });
}
