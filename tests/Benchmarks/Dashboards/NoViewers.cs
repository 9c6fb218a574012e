using System.Diagnostics;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>CPU time of the dashboard's process once its last page is closed.</summary>
internal static class NoViewers
{
    private const double Most = 0.01;

    /// <summary>A reload of the page is waited for before everything is let go.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(40);

    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        string grid = await dashboard.Grids.Long();
        await using (var page = await dashboard.Open($"/grids/{grid}"))
        {
            await page.Interactive();
        }

        await Task.Delay(Linger);
        var before = dashboard.Process.Cpu;
        long since = Stopwatch.GetTimestamp();
        await Task.Delay(dashboard.Size.Under);
        double share = (dashboard.Process.Cpu - before) / Stopwatch.GetElapsedTime(since);
        return [new Measured("CPU time without viewers", Measured.Text($"{share:P2} of a core over {dashboard.Size.Under.TotalSeconds:N0} s"), Measured.Text($"{Most:P0}"), share < Most)];
    }
}
