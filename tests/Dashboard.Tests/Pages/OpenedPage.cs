using Deque.AxeCore.Commons;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>A page of the dashboard in a browser.</summary>
internal static class OpenedPage
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Opens it, once it is interactive.</summary>
    /// <param name="path">With its query.</param>
    public static async Task<BrowserPage> Open(this RunningDashboard dashboard, Chromium chromium, string path, int width = 1_300, bool dark = false)
    {
        var page = await chromium.NewPage(width, 900);
        if (dark) await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, path).ToString());
        await page.Interactive();
        return page;
    }

    /// <summary>Waits until the circuit has taken over what the server rendered first.</summary>
    public static Task Interactive(this BrowserPage page) => Expect(page.Find("html")).ToHaveAttributeAsync("data-interactive", "true", new() { Timeout = 15_000 });

    /// <summary>No accessibility fault that axe calls serious or critical.</summary>
    public static async Task IsAccessible(this BrowserPage page)
    {
        // Not by Deque's own runner for Playwright, which opens an empty page each time, for the sake of frames that our pages have not.
        await page.Page.EvaluateAsync(Axe);
        Assert.Empty(await page.Evaluate<string[]>(
            """
            axe.run({ resultTypes: ['violations'] }).then(found => found.violations
                .filter(fault => ['serious', 'critical'].includes(fault.impact))
                .map(fault => `${fault.id}: ${fault.help}: ${fault.nodes.map(node => node.html).join(' | ')}`))
            """));
    }

    /// <summary>Nothing is wider than the window, so that nobody has to scroll sideways but inside a table.</summary>
    public static async Task FitsTheWindow(this BrowserPage page) =>
        Assert.Equal(await page.Evaluate<int>("document.documentElement.clientWidth"), await page.Evaluate<int>("document.documentElement.scrollWidth"));
}
