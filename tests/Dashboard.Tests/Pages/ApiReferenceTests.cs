using Experiments.Dashboard.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

public sealed class ApiReferenceTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_of_the_api_runs_one_script_of_its_own_and_asks_no_other_host()
    {
        await using var dashboard = await RunningDashboard.Start(TrustTests.Nowhere());
        await using var browser = await chromium.NewPage();
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        browser.Page.Request += (_, request) => hosts.Add(new Uri(request.Url).Host);

        var page = await browser.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, "/scalar/").ToString());

        await Expect(browser.Find("body")).ToContainTextAsync("Submits a grid file", new() { Timeout = 60_000 });
        string policy = page!.Headers["content-security-policy"];
        Assert.Matches("script-src 'self' 'nonce-[A-Za-z0-9_-]{20,}';", policy);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1"], hosts);
        Assert.Empty(browser.Errors);

        using var again = await dashboard.Get("/scalar/");
        Assert.NotEqual(policy, Assert.Single(again.Headers.GetValues("Content-Security-Policy")));
    }
}
