using Microsoft.Net.Http.Headers;

namespace Experiments.Dashboard.Security;

/// <summary>What people look at, as opposed to what programs ask for.</summary>
internal static class Pages
{
    private static readonly string[] ForPrograms = ["/api", "/openapi", "/_blazor", "/_framework"];

    public static bool IsAskedFor(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
