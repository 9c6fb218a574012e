using System.Text.Json;
using Experiments.Dashboard;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Security;
using Experiments.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>
/// What is held after thousands of updates of an open page, by its dashboard and by its tab. The dashboard is in this process, where its
/// garbage can be collected before each look: what a process has of the system's memory tells little of what it holds.
/// </summary>
internal static class LiveUpdates
{
    private const double Most = 1;
    private const int Samples = 40;
    private const string Grid = "live";

    /// <summary>An epoch of so many steps takes about as long as the page waits between two updates: each update then tells of an epoch.</summary>
    private const int Images = 600;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        var address = new Uri(Measured.Text($"http://127.0.0.1:{FreePort.Next()}"));
        await using var host = DashboardHost.Build(
            DashboardOptions.Create(address.GetLeftPart(UriPartial.Authority), allowedHosts: "", Access.Open), builder => builder.Services.AddClusterConnection(dashboard.Database));
        await host.StartAsync();
        await dashboard.Grids.Submit(Grid, experiments: 1, epochs: 100_000, batchSize: 1, Images);
        await dashboard.Grids.Until(Grid, grid => grid.EpochsCommitted > 0);
        var (server, tab) = await Watch(dashboard, address);
        long epochs = (await dashboard.Grids.Until(Grid, _ => true)).EpochsCommitted;
        await dashboard.Grids.Cancel(Grid);
        await host.StopAsync();
        return [Of("server", server), Of("tab", tab)];

        Measured Of(string what, MemoryTrend trend) => new(
            Measured.Text($"memory of the {what}, {dashboard.Size.Updates:N0} live updates, {epochs:N0} epochs"),
            Measured.Text($"{trend.MegabytesPerThousand():+0.000;-0.000} MB in 1,000 updates, {trend.LastMegabytes:N1} MB at the end"),
            Measured.Text($"{Most:N0} MB"),
            trend.MegabytesPerThousand() <= Most);
    }

    private static async Task<(MemoryTrend Server, MemoryTrend Tab)> Watch(BenchedDashboard dashboard, Uri address)
    {
        string experiment = await dashboard.Grids.FirstOf(Grid);
        await using var page = await dashboard.Open(address, $"/grids/{Grid}/experiments/{experiment}");
        await page.Interactive();
        await page.Seen("document.querySelector('.summary') && document.querySelector('experiment-chart[kind=curves]')");
        await page.Page.EvaluateAsync(
            """
            () => {
                window.updates = 0;
                new MutationObserver(() => window.updates++).observe(document.querySelector('.summary'), { subtree: true, childList: true, characterData: true, attributes: true });
                document.querySelector('experiment-chart[kind=curves]').scrollIntoView();
            }
            """);
        var browser = await page.Page.Context.NewCDPSessionAsync(page.Page);
        MemoryTrend server = new(), tab = new();
        for (int sample = 1; sample <= Samples; sample++)
        {
            int updates;
            while ((updates = await page.Page.EvaluateAsync<int>("window.updates")) < dashboard.Size.Updates * sample / Samples)
            {
                await Task.Delay(Glance);
            }

            server.Add(updates, GC.GetTotalMemory(forceFullCollection: true));
            await browser.SendAsync("HeapProfiler.collectGarbage");
            var heap = await browser.SendAsync("Runtime.getHeapUsage");
            tab.Add(updates, ((JsonElement)heap!).GetProperty("usedSize").GetDouble());
        }

        return (server, tab);
    }
}
