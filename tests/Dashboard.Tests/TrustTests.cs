using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Dashboard.Tests;

/// <summary>Who is let in, and what an answer lets a browser do.</summary>
public sealed class TrustTests
{
    private const string Foreign = "http://evil.example";

    [Fact]
    public async Task A_path_without_an_endpoint_asks_for_the_key_too()
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere(), RunningDashboard.Key);

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(dashboard, "/nothing", key: null));
        Assert.Equal(HttpStatusCode.NotFound, await Status(dashboard, "/nothing", RunningDashboard.Key));
    }

    [Fact]
    public async Task A_request_without_the_key_is_told_how_to_send_it()
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere(), RunningDashboard.Key);
        using var answer = await dashboard.Get("/api/grids");

        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        var (title, detail) = await RunningDashboard.Problem(answer, HttpStatusCode.Unauthorized);
        Assert.Equal("The API key is missing or wrong.", title);
        Assert.Contains("Authorization: Bearer", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_allowed_is_let_in()
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere(), allowedHosts: "lab.example, other.example");

        Assert.Equal(HttpStatusCode.OK, await Status(dashboard, "/openapi/v1.json", key: null, host: "lab.example"));
        Assert.Equal(HttpStatusCode.OK, await Status(dashboard, "/openapi/v1.json", key: null, host: "other.example", origin: "https://other.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(dashboard, "/openapi/v1.json", key: null, host: "lab.example.evil"));
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing")]
    [InlineData("/api/grids")]
    public async Task Every_answer_keeps_browsers_from_running_framing_and_sniffing_it(string path)
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere());
        using var answer = await dashboard.Get(path);

        Assert.StartsWith("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.False(answer.Headers.Contains("Server"));

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere());
        using var body = new ByteArrayContent(new byte[3_000_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/grids") { Content = body };
        request.Headers.ExpectContinue = true;
        using var refused = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);

        using var headers = new HttpRequestMessage(HttpMethod.Get, "/api/grids");
        headers.Headers.Add("X-Long", new string('x', 20_000));
        using var tooLong = await dashboard.Client.SendAsync(headers, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, tooLong.StatusCode);
    }

    [Fact]
    public async Task A_request_that_dribbles_in_is_ended_and_others_do_not_notice()
    {
        await using var dashboard = await RunningDashboard.Start(Nowhere());
        using var dribble = new TcpClient();
        await dribble.ConnectAsync(IPAddress.Loopback, dashboard.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await dribble.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /api/grids HT"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await Status(dashboard, "/openapi/v1.json", key: null));
        using var answer = new StreamReader(dribble.GetStream());
        Assert.StartsWith("HTTP/1.1 408", await answer.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>A connection string of no server.</summary>
    internal static string Nowhere() => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Processes.FreePort.Next()};Database=none;Username=nobody");

    private static async Task<HttpStatusCode> Status(RunningDashboard dashboard, string path, string? key, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var answer = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode) await RunningDashboard.Problem(answer, answer.StatusCode);
        return answer.StatusCode;
    }
}
