using Experiments.Benchmarks.Clusters;
using Experiments.Processes;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>A dashboard in a process of its own on a cluster of one silo, and a browser.</summary>
internal sealed class BenchedDashboard : IAsyncDisposable
{
    private const int Slots = 4;

    private readonly BenchedCluster _cluster;
    private readonly DashboardProcess _process;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BenchedDashboard(BenchSize size, BenchedCluster cluster, DashboardProcess process, IPlaywright playwright, IBrowser browser)
    {
        (Size, _cluster, _process, _playwright, _browser) = (size, cluster, process, playwright, browser);
        Grids = new BenchedGrids(cluster, size);
    }

    public BenchSize Size { get; }

    public BenchedGrids Grids { get; }

    /// <summary>Connection string of its cluster's database.</summary>
    public string Database => _cluster.Database;

    public DashboardProcess Process => _process;

    public static async Task<BenchedDashboard> Start(BenchSize size)
    {
        string chromium = ChromiumProgram.Installed ?? throw new InvalidOperationException(ChromiumProgram.Missing);
        var playwright = await Playwright.CreateAsync();
        // Its own sandbox refuses root.
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var cluster = await BenchedCluster.Start(Slots);
        return new BenchedDashboard(size, cluster, await DashboardProcess.Start(cluster.Database), playwright, browser);
    }

    /// <param name="path">With its query.</param>
    public async Task<BenchedPage> Open(string path) => await Open(_process.Address, path);

    /// <inheritdoc cref="Open(string)"/>
    /// <param name="dashboard">Where another one is.</param>
    public async Task<BenchedPage> Open(Uri dashboard, string path)
    {
        // So tall that the curves of a grid are in sight below its verdict: a chart is drawn when it is.
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1_300, Height = 1_600 } });
        var page = new BenchedPage(await context.NewPageAsync());
        await page.Go(new Uri(dashboard, path));
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _process.DisposeAsync();
        Grids.Dispose();
        await _cluster.DisposeAsync();
    }
}
