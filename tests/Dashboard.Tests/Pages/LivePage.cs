using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;

namespace Experiments.Dashboard.Tests.Pages;

/// <summary>A page of the dashboard in a browser, once its circuit is there.</summary>
internal static class LivePage
{
    /// <param name="key">With which to sign in; null where none is asked for.</param>
    public static async Task<BrowserPage> Open(Chromium chromium, RunningDashboard dashboard, string path, string? key = null, int width = 1_200, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await chromium.NewPage(width);
        await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        if (key is not null)
        {
            await browser.Page.Context.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" });
        }

        await browser.Page.GotoAsync(new Uri(dashboard.Client.BaseAddress!, path).ToString());
        // What was drawn ahead goes for a moment when the circuit draws it anew, the title too.
        await browser.Interactive();
        return browser;
    }
}
