using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Security;
using Experiments.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests;

/// <summary>The dashboard's host in this process, listening on a port of its own, and a client of it.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    public const string Key = "a-key-that-only-this-test-knows", ReadKey = "a-key-that-only-lets-look";

    private readonly WebApplication _host;

    private RunningDashboard(WebApplication host, Uri address)
    {
        _host = host;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>The grains behind it, for what a test is to know without it.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterGrains>().Grains;

    public IEnumerable<RouteEndpoint> Endpoints => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <param name="cluster">Connection string of its database.</param>
    /// <param name="key">What lets operators in; null for none.</param>
    /// <param name="readKey">What lets readers in; null for none.</param>
    /// <param name="port">Where it listens; null for a free one.</param>
    public static async Task<RunningDashboard> Start(
        string cluster, string? key = null, string allowedHosts = "", string? readKey = null, OidcIssuer? issuer = null, int? port = null)
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port ?? FreePort.Next()}");
        var access = new Access(key is null ? null : new ApiKey(key, "key"), readKey is null ? null : new ApiKey(readKey, "read key"), issuer);
        var host = DashboardHost.Build(DashboardOptions.Create(url, allowedHosts, access), builder => builder.Services.AddClusterConnection(cluster));
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDashboard(host, new Uri(url));
    }

    /// <summary>The same, once it has joined the cluster.</summary>
    public static async Task<RunningDashboard> StartJoined(string cluster, string? key = null, string? readKey = null, OidcIssuer? issuer = null, int? port = null)
    {
        var dashboard = await Start(cluster, key, readKey: readKey, issuer: issuer, port: port);
        for (int attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/grids");
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using var answer = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK) return dashboard;

            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < 600, $"{answer.StatusCode}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    public async Task<JsonNode> Json(string path)
    {
        using var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return await Content(answer);
    }

    /// <summary>The error that the answer must be: its title and its detail.</summary>
    public async Task<(string Title, string Detail)> Problem(string path, HttpStatusCode status)
    {
        using var answer = await Get(path);
        return await Problem(answer, status);
    }

    public static async Task<(string Title, string Detail)> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await Content(answer);
        Assert.Equal((int)status, (int)problem["status"]!);
        return ((string)problem["title"]!, (string)problem["detail"]!);
    }

    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> Send(HttpMethod verb, string path, string body, string type) => Send(verb, path, Encoding.UTF8.GetBytes(body), type);

    public async Task<HttpResponseMessage> Send(HttpMethod verb, string path, byte[]? body = null, string? type = null)
    {
        using var request = new HttpRequestMessage(verb, path) { Content = body is null ? null : new ByteArrayContent(body) };
        if (type is not null) request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <param name="known">The tags that the caller has, as <c>If-None-Match</c> names them.</param>
    public async Task<HttpResponseMessage> GetUnless(string path, string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    public static async Task<JsonNode> Content(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
