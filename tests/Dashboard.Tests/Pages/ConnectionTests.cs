using Experiments.Dashboard.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>What stays on the screen when somebody no longer answers.</summary>
public sealed class ConnectionTests(TrainedCluster trained, LiveCluster live, Chromium chromium)
{
    [Fact]
    public async Task When_the_dashboard_ends_the_page_stays_and_when_it_returns_the_same_view_goes_on()
    {
        int port = Processes.FreePort.Next();
        var dashboard = await RunningDashboard.StartJoined(trained.Database, port: port);
        await using var page = await dashboard.Open(chromium, "/grids/first?sort=-name&chosen=1");
        await Expect(page.Find(".experiments tbody a.name").First).ToHaveTextAsync("rate-3");

        await dashboard.DisposeAsync();

        await Expect(page.Find("#components-reconnect-modal")).ToContainTextAsync("Connection lost at", new() { Timeout = 15_000 });
        await Expect(page.Find(".experiments tbody a.name").First).ToHaveTextAsync("rate-3");

        await using var returned = await RunningDashboard.StartJoined(trained.Database, port: port);
        await Expect(page.Find("#components-reconnect-modal")).Not.ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Interactive();
        await Expect(page.Find(".experiments tbody a.name").First).ToHaveTextAsync("rate-3");
        Assert.EndsWith("/grids/first?sort=-name&chosen=1", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_cluster_falls_silent_the_page_stays_and_says_since_when_and_why()
    {
        string database = await live.EmptyDatabase();
        // On ports that no silo of another cluster takes when it is gone.
        string[] ports = ["--silo-port", Port(), "--gateway-port", Port()];
        await using var silo = await Processes.SiloProcess.Start(live.Folder, database, ["--slots", "1", .. ports]);
        await using var dashboard = await RunningDashboard.StartJoined(database);
        await using var page = await dashboard.Open(chromium, "/");
        await Expect(page.Find("h2")).ToHaveTextAsync("No grid has been submitted yet");

        await silo.Kill();

        await Expect(page.Find(".freshness.stale")).ToContainTextAsync("Not updated since", new() { Timeout = 60_000 });
        await Expect(page.Find(".freshness.stale")).ToContainTextAsync("does not answer");
        await Expect(page.Find("h2")).ToHaveTextAsync("No grid has been submitted yet");

        await using var again = await Processes.SiloProcess.Start(live.Folder, database, ["--slots", "1", .. ports]);
        await Expect(page.Find(".freshness")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Live"), new() { Timeout = 60_000 });
    }

    private static string Port() => Processes.FreePort.Next().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
