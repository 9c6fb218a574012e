namespace Experiments.Benchmarks.Dashboards;

/// <summary>Charts of many curves.</summary>
internal static class DrawnCurves
{
    /// <summary>Of the first experiment: while the table asks for its rows, another may stand first in it.</summary>
    private const string FirstBox = """document.querySelector('.experiments tr[aria-rowindex="2"] input')""";

    /// <summary>ECharts draws before it returns, so that a chart which has a canvas and says what is on it is drawn in the next frame.</summary>
    private static string Drawn(string section, int experiments, int epochs) => Measured.Text(
        $"document.querySelector('[aria-labelledby={section}] experiment-chart canvas') && document.querySelector('[aria-labelledby={section}] .chart-summary').textContent.startsWith('{experiments:N0} experiments over {epochs} epochs')");

    /// <summary>From the navigation to all curves, of the means of the variants and of every experiment.</summary>
    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        const double Most = 3_000;
        string grid = await dashboard.Grids.Curves();
        var measured = new List<Measured>();
        foreach (var (group, what) in ((string, string)[])[("variant", "by variant"), ("experiment", "each by itself")])
        {
            var times = new List<double>();
            while (times.Count < dashboard.Size.Times)
            {
                await using var page = await dashboard.Open($"/grids/{grid}?group={group}");
                times.Add(await page.Seen(Drawn("curves", dashboard.Size.Curves, dashboard.Size.Epochs)));
            }

            measured.Add(Measured.Median(Measured.Text($"{dashboard.Size.Curves:N0} curves of {dashboard.Size.Epochs} epochs, {what}"), times, Most));
        }

        return measured;
    }

    /// <summary>From the click that chooses the last of those compared to their table and their curves.</summary>
    public static async Task<IReadOnlyList<Measured>> Compare(BenchedDashboard dashboard)
    {
        const double Most = 1_500;
        string grid = await dashboard.Grids.Curves();
        int compared = dashboard.Size.Compared;
        var times = new List<double>();
        while (times.Count < dashboard.Size.Times)
        {
            await using var page = await dashboard.Open($"/grids/{grid}?chosen=2-{compared}");
            await page.Interactive();
            // What has not come yet would push away what is scrolled to.
            string ready = $"{FirstBox} && document.querySelector('[aria-labelledby=compare] experiment-chart') && {Drawn("curves", dashboard.Size.Curves, dashboard.Size.Epochs)}";
            times.Add(await page.Seen(
                $"{Drawn("compare", compared, dashboard.Size.Epochs)} && document.querySelectorAll('.compare thead th').length === {compared}",
                ready,
                $"{FirstBox}.click(); document.querySelector('[aria-labelledby=compare] experiment-chart').scrollIntoView();"));
        }

        return [Measured.Median(Measured.Text($"{compared} experiments of {dashboard.Size.Epochs} epochs compared"), times, Most)];
    }
}
