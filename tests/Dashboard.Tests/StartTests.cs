using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Experiments.Dashboard.Security;

namespace Experiments.Dashboard.Tests;

/// <summary>The built dashboard in a process of its own.</summary>
public sealed class StartTests(TrainedCluster cluster)
{
    [Fact]
    public async Task Serves_and_ends_when_it_is_told_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "kill is Linux's.");
        string url = Url(Processes.FreePort.Next());
        using var process = Start(key: null, "--urls", url, "--cluster", cluster.Database);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.Contains("Joined the cluster", StringComparison.Ordinal) == false);
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        string grids = await client.GetStringAsync(new Uri("/api/grids", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("\"first\"", grids, StringComparison.Ordinal);

        using var kill = Process.Start("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://127.0.0.1:5080;http://10.0.0.5:5080")]
    public async Task An_address_that_others_reach_wants_a_key(string urls)
    {
        var (exitCode, errors) = await Refused(key: null, "--urls", urls, "--cluster", TrustTests.Nowhere());

        Assert.Equal(2, exitCode);
        Assert.Contains("can be reached from other machines", errors, StringComparison.Ordinal);
        Assert.Contains("EXPERIMENTS_API_KEY", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string url = Url(((IPEndPoint)listener.LocalEndpoint).Port);

        var (exitCode, errors) = await Refused(key: null, "--urls", url, "--cluster", TrustTests.Nowhere());

        Assert.Equal(2, exitCode);
        Assert.Contains(url, errors, StringComparison.Ordinal);
        Assert.Contains("--urls", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls http://example.com:5080", "--urls", "http://example.com:5080")]
    [InlineData("put a proxy in front", "--urls", "https://127.0.0.1:5080")]
    [InlineData("--urls", "--urls", "")]
    [InlineData("--allowed-hosts two words: give the host's name", "--allowed-hosts", "two words")]
    [InlineData("--key-file /nowhere/key: it cannot be read", "--key-file", "/nowhere/key")]
    [InlineData("--oidc-client", "--oidc-issuer", "https://issuer.example")]
    [InlineData("give the issuer's https:// address", "--oidc-issuer", "http://issuer.example", "--oidc-client", "experiments")]
    [InlineData("add --oidc-issuer", "--oidc-client", "experiments")]
    [InlineData("such as groups=ml-team", "--oidc-issuer", "https://issuer.example", "--oidc-client", "experiments", "--oidc-operators", "everybody")]
    public void What_cannot_be_used_is_refused_with_the_remedy(string told, params string[] arguments)
    {
        var command = new DashboardCommand();
        Assert.Contains(told, Assert.Throws<DashboardOptionException>(() => command.OptionsOf(command.Parse(arguments))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_cluster_it_asks_for_one()
    {
        var command = new DashboardCommand();
        Assert.Contains("--cluster", Assert.Throws<DashboardOptionException>(() => command.ClusterOf(command.Parse(["--cluster", ""]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("a key with spaces in it")]
    public void A_key_that_can_be_guessed_or_fits_no_header_is_refused(string key) =>
        Assert.StartsWith("EXPERIMENTS_API_KEY: give 16", Assert.Throws<DashboardOptionException>(() => new ApiKey(key, "EXPERIMENTS_API_KEY")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_connection_string_that_is_none_stops_the_start()
    {
        var (exitCode, errors) = await Refused(key: null, "--urls", Url(Processes.FreePort.Next()), "--cluster", "no connection string");

        Assert.Equal(2, exitCode);
        Assert.Contains("connection string cannot be used", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_cluster_it_says_why()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere());
        for (int attempt = 1; ; attempt++)
        {
            using var answer = await dashboard.Get("/api/silos");
            Assert.NotNull(answer.Headers.RetryAfter);
            var (title, detail) = await RunningDashboard.Problem(answer, HttpStatusCode.ServiceUnavailable);
            Assert.Equal("The cluster cannot be reached.", title);
            if (detail.StartsWith("'none on 127.0.0.1:", StringComparison.Ordinal)) return;

            // Until the database has refused for the first time.
            Assert.True(attempt < 300, detail);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static async Task<(int ExitCode, string Errors)> Refused(string? key, params string[] arguments)
    {
        using var process = Start(key, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, errors);
    }

    private static Process Start(string? key, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Experiments.Dashboard.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EXPERIMENTS_API_KEY"] = key, ["EXPERIMENTS_CLUSTER"] = null },
        })!;
}
