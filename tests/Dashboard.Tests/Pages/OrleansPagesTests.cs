using System.Net;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

public sealed class OrleansPagesTests(OperatedCluster cluster, Chromium chromium)
{
    [Fact]
    public async Task Operators_look_at_the_grains_under_the_policy_of_all_pages()
    {
        var dashboard = cluster.Dashboard;
        await using var browser = await chromium.NewPage();
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        browser.Page.Request += (_, request) => hosts.Add(new Uri(request.Url).Host);

        await browser.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, "/orleans/").ToString());

        await Expect(browser.Find("body")).ToContainTextAsync("Active silos", new() { Timeout = 60_000, IgnoreCase = true });
        // The overview has the busiest alone, which may be any while other tests ask the cluster.
        await browser.Page.GetByRole(AriaRole.Link, new() { Name = "Grains", Exact = true }).ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Link, new() { Name = "QueueGrain", Exact = true })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal([""], hosts.Except(["127.0.0.1"]).DefaultIfEmpty(""));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task It_tells_no_state_of_a_grain_and_no_log()
    {
        var dashboard = cluster.Dashboard;

        using var state = await dashboard.Get($"/orleans/GrainState?grainId=grid-{OperatedCluster.First}&grainType=Experiments.Grains.Grids.GridGrain");
        using var log = await dashboard.Get("/orleans/Trace");

        Assert.Equal("\"{}\"", await state.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, log.StatusCode);
    }
}
