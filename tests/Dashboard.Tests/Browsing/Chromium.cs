using Experiments.Dashboard.Tests.Browsing;
using Experiments.Processes;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Experiments.Dashboard.Tests.Browsing;

/// <summary>The one browser of all tests, started by the first that opens a page; without Chromium a test is skipped, and fails in CI.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _start = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>An empty page in a context of its own: with its own cookies, and a size in pixels.</summary>
    internal async Task<BrowserPage> NewPage(int width = 1_200, int height = 800)
    {
        var browser = await Started();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new BrowserPage(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _start.Dispose();
    }

    private async Task<IBrowser> Started()
    {
        string? program = ChromiumProgram.Installed;
        Prerequisite.Met(program is not null, ChromiumProgram.Missing);
        await _start.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            // Its own sandbox refuses root, as which a container runs the tests.
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
        }
        finally
        {
            _start.Release();
        }
    }
}
