using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>The page of the cluster, in a browser, on a silo that trains.</summary>
public sealed class ClusterPageTests(OperatedCluster cluster, Chromium chromium)
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Silos_what_they_train_and_what_waits_come_and_go_by_themselves()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await LivePage.Open(chromium, dashboard, "/cluster");
        await Expect(browser.Find("#silos")).ToContainTextAsync("1 silo; slots that train:", Soon);
        await Expect(browser.Find("tbody tr").First).ToContainTextAsync("Active");

        // The highest there is, so that its turn comes whatever other tests submit.
        string yaml = cluster.Yaml("shown", "  - { name: a, matrix: { training.seed: [1, 2, 3, 4, 5] } }", epochs: 100_000, "priority: 100");
        using var submitted = await dashboard.Send(HttpMethod.Post, "/api/grids", yaml, "application/yaml");
        Assert.True(submitted.IsSuccessStatusCode);
        using var raised = await dashboard.Send(HttpMethod.Post, "/api/grids", cluster.Yaml("limited", epochs: 100_000, more: "priority: -100\nmaxParallel: 1"), "application/yaml");
        Assert.True(raised.IsSuccessStatusCode);

        var queue = browser.Find("section[aria-labelledby=queue] tbody tr");
        await Expect(queue.Filter(new() { HasText = "limited" })).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Expect(queue.Filter(new() { HasText = "limited" })).ToContainTextAsync("-100");
        await queue.Filter(new() { HasText = "shown" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(browser.Find("h1")).ToHaveTextAsync("shown", new() { Timeout = 30_000 });
        await browser.Page.GoBackAsync();

        foreach (string grid in (string[])["shown", "limited"])
        {
            using var cancelled = await dashboard.Send(HttpMethod.Post, $"/api/grids/{grid}/cancel");
            Assert.True(cancelled.IsSuccessStatusCode);
        }

        await Expect(queue.Filter(new() { HasText = "shown" })).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_silo_names_the_experiments_that_it_trains()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await LivePage.Open(chromium, dashboard, "/cluster");
        using var submitted = await dashboard.Send(HttpMethod.Post, "/api/grids", cluster.Yaml("named", "  - name: long", epochs: 100_000, "priority: 99"), "application/yaml");
        Assert.True(submitted.IsSuccessStatusCode);

        var link = browser.Page.GetByRole(AriaRole.Link, new() { Name = "named/long" });
        await Expect(link).ToHaveAttributeAsync("href", "/grids/named/experiments/long", new() { Timeout = 60_000 });

        using var cancelled = await dashboard.Send(HttpMethod.Post, "/api/grids/named/cancel");
        await Expect(link).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Where_no_silo_answers_it_says_why_and_what_to_do()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere());
        await using var browser = await LivePage.Open(chromium, dashboard, "/cluster");

        await Expect(browser.Find("main")).ToContainTextAsync("No silo answers", Soon);
        await Expect(browser.Find(".freshness")).ToContainTextAsync("Check host and port", Soon);
        await browser.IsAccessible();
    }

    [Theory]
    [InlineData(1_300, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task It_has_no_serious_fault_of_accessibility_and_nothing_beside_the_screen(int width, ColorScheme scheme)
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await LivePage.Open(chromium, dashboard, "/cluster", width: width, scheme: scheme);
        await Expect(browser.Find("#silos")).ToContainTextAsync("1 silo", Soon);

        await browser.IsAccessible();
        Assert.True(await browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(browser.Errors);
    }
}
