using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Experiments.Dashboard.Tests;

/// <summary>Every endpoint there is, by its own metadata, so that none that joins is forgotten.</summary>
public sealed class EndpointWalkTests(TrainedCluster cluster)
{
    private const string Foreign = "http://evil.example";

    /// <summary>What a request may be for, where a route leaves it open.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.OrdinalIgnoreCase) { ["grid"] = "first", ["experiment"] = "rate-1", ["documentName"] = "v1", ["path"] = "nothing", ["page"] = "1", ["address"] = "nothing", ["grainName"] = "nothing" };

    /// <summary>Sent by POST since a grid file fits no address; it changes nothing.</summary>
    private const string Question = "/api/grids/validate";

    [Fact]
    public async Task Only_the_pages_files_the_page_to_sign_in_and_the_health_let_anybody_in()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere(), RunningDashboard.Key);

        var open = dashboard.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).ToList();

        Assert.Equal(["/health/live", "/health/ready", "/sign-in"], open.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null).Select(endpoint => endpoint.RoutePattern.RawText).Distinct().Order());
        Assert.Contains(open, endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null);
    }

    [Fact]
    public async Task No_endpoint_lets_in_anonymous_or_foreign_requests_and_none_that_changes_lets_in_readers()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        var walked = Questions(dashboard).ToList();
        Assert.Contains(("GET", "/api/grids/first/experiments"), walked);
        Assert.Contains(("GET", "/"), walked);
        Assert.Contains(("POST", "/_blazor/negotiate"), walked);
        Assert.Contains(("POST", "/api/grids"), walked);
        Assert.Contains(("DELETE", "/api/grids/first"), walked);
        Assert.Contains(("POST", "/api/grids/first/experiments/rate-1/retry"), walked);

        foreach (var (verb, path) in walked)
        {
            string question = $"{verb} {path}";
            Assert.True(HttpStatusCode.Unauthorized == await Status(dashboard, verb, path, key: null), question);
            Assert.True(HttpStatusCode.Unauthorized == await Status(dashboard, verb, path, RunningDashboard.Key + "x"), question);
            Assert.True(HttpStatusCode.Forbidden == await Status(dashboard, verb, path, RunningDashboard.Key, origin: Foreign), question);
            Assert.True(HttpStatusCode.Forbidden == await Status(dashboard, verb, path, RunningDashboard.Key, origin: "null"), question);
            Assert.True(HttpStatusCode.Forbidden == await Status(dashboard, verb, path, RunningDashboard.Key, host: "evil.example"), question);

            bool changes = verb is not "GET" && path.StartsWith("/api/", StringComparison.Ordinal) && path != Question;
            Assert.True((changes || IsForOperators(path)) == (HttpStatusCode.Forbidden == await Status(dashboard, verb, path, RunningDashboard.ReadKey)), question);
        }
    }

    [Fact]
    public async Task Who_has_a_key_reads_everything_also_from_the_dashboards_own_page()
    {
        await using var dashboard = await RunningDashboard.StartJoined(cluster.Database, RunningDashboard.Key, RunningDashboard.ReadKey);
        string own = dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        foreach (var (_, path) in Questions(dashboard).Where(question => question.Verb == "GET" && !question.Path.StartsWith("/_", StringComparison.Ordinal) && !IsForOperators(question.Path)))
        {
            var expected = path == "/" + Values["path"] ? HttpStatusCode.NotFound : HttpStatusCode.OK;
            Assert.True(expected == await Status(dashboard, "GET", path, RunningDashboard.ReadKey, origin: own), path);
        }
    }

    /// <summary>Orleans' own dashboard changes nothing, and shows more than readers are to see.</summary>
    private static bool IsForOperators(string path) => path.StartsWith("/orleans", StringComparison.Ordinal);

    private static IEnumerable<(string Verb, string Path)> Questions(RunningDashboard dashboard) => dashboard.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(verb => (verb, Path(endpoint))))
        .Distinct();

    /// <summary>An address that the endpoint answers.</summary>
    private static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Values[parameter.Name],
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException($"No text for {part}."),
    }))));

    private static async Task<HttpStatusCode> Status(RunningDashboard dashboard, string verb, string path, string? key, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var answer = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
