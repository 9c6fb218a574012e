namespace Experiments.Benchmarks.Dashboards;

/// <summary>From the navigation of a browser that has nothing of the dashboard yet to the first row of its tables.</summary>
internal static class FirstRows
{
    private const double Most = 1_000;

    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        string grid = await dashboard.Grids.Long();
        return
        [
            Measured.Median("first row of the list of grids", await Times(dashboard, "/", ".grids tbody a"), Most),
            Measured.Median(Measured.Text($"first row of a grid of {dashboard.Size.Experiments:N0}"), await Times(dashboard, $"/grids/{grid}", ".experiments tbody a.name"), Most),
        ];
    }

    private static async Task<List<double>> Times(BenchedDashboard dashboard, string path, string row)
    {
        var times = new List<double>();
        while (times.Count < dashboard.Size.Times)
        {
            await using var page = await dashboard.Open(path);
            times.Add(await page.Seen($"document.querySelector('{row}')"));
        }

        return times;
    }
}
