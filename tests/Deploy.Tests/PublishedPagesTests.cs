using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Experiments.Processes;

namespace Experiments.Deploy.Tests;

/// <summary>The web pages as they are served from what was published.</summary>
public sealed partial class PublishedPagesTests(Published published)
{
    private static readonly string Nowhere = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={FreePort.Next()};Database=none;Username=none");

    [Theory]
    [InlineData("Dashboard", "Experiments.Dashboard.dll")]
    [InlineData("Client", "experiments.dll", "dashboard", "--storage", "/tmp/storage")]
    public async Task EachFileThatAPageNamesIsServed(string project, string program, params string[] arguments)
    {
        Tool.Bubblewrap.SkipIfMissing();
        int port = FreePort.Next();
        Dictionary<string, string> environment = new() { ["HOME"] = "/tmp", ["DOTNET_EnableDiagnostics"] = "0" };
        if (project == "Dashboard") environment["EXPERIMENTS_CLUSTER"] = Nowhere;
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await using var dashboard = Sandbox.Start(await published.Of(project), "/app", environment, ["dotnet", $"/app/{program}", .. arguments, "--urls", url]);
        await Ready.Probed(dashboard, port, "/health/live");

        using var client = new HttpClient { BaseAddress = new Uri(url) };
        string page = await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        string[] named = [.. Named().Matches(page).Select(match => match.Groups[1].Value).Distinct()];

        Assert.Contains(named, file => file.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.Contains(named, file => file.Contains("_framework/blazor", StringComparison.Ordinal));
        foreach (string file in named)
        {
            using var answer = await client.GetAsync(new Uri(new Uri(url), file), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentLength != 0, $"{file}: {answer.StatusCode}");
        }

        Assert.Equal(0, await dashboard.Terminate());
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+\\.(?:js|css|svg|png|ico)[^\"]*)\"")]
    private static partial Regex Named();
}
