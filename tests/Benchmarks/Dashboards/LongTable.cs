namespace Experiments.Benchmarks.Dashboards;

/// <summary>The table of a long grid: from a click or Enter to another first row, and how much of it is in the page.</summary>
internal static class LongTable
{
    private const double Most = 500;
    private const int MostRows = 200;

    /// <summary>The first row: while the table asks for its rows, another may stand first for a moment.</summary>
    private const string First = """document.querySelector('.experiments tr[aria-rowindex="2"] a.name')""";

    private const string Before = $"const first = () => {First}?.title, before = first();";
    private const string Filter = """document.querySelector("input[data-key='/']").dispatchEvent(new Event('change', { bubbles: true }));""";
    private const string Sort = "[...document.querySelectorAll('.experiments thead button')].find(button => button.textContent.trim() === 'Test accuracy').click();";
    private const string Scroll = "const table = document.querySelector('.scroll.experiments'); table.scrollTop = table.scrollHeight / 2;";

    private const string Changed = "first() && first() !== before";

    /// <summary>Each has another first row than the one before it.</summary>
    private static readonly string[] Filters =
    [
        "training.seed > 1",
        "dropout.dense > 0.2 and status:completed",
        "training.learningRate >= 0.005",
        "testAccuracy > 0 and training.seed > 1",
        "name:dropout.dense=0.4* or tag:night",
    ];

    public static async Task<IReadOnlyList<Measured>> Run(BenchedDashboard dashboard)
    {
        string grid = await dashboard.Grids.Long();
        await using var page = await dashboard.Open($"/grids/{grid}");
        await page.Interactive();
        await page.Seen(First);
        int rows = await Rows(page);

        var filtered = new List<double>();
        foreach (string filter in Filters)
        {
            await page.Page.FillAsync("input[data-key='/']", filter);
            filtered.Add(await page.Seen(Changed, First, Before + Filter));
        }

        await page.Page.FillAsync("input[data-key='/']", "");
        await page.Seen(Changed, First, Before + Filter);

        // The lowest first, then the highest, and so on.
        var sorted = new List<double>();
        while (sorted.Count < Filters.Length)
        {
            sorted.Add(await page.Seen(Changed, First, Before + Sort));
        }

        await page.Seen("!first() && document.querySelector('.experiments tbody a.name')", First, Before + Scroll);
        rows = Math.Max(rows, await Rows(page));
        return
        [
            Measured.Median(Measured.Text($"filter of {dashboard.Size.Experiments:N0} rows"), filtered, Most),
            Measured.Median(Measured.Text($"sort of {dashboard.Size.Experiments:N0} rows"), sorted, Most),
            new Measured("rows of tables in the page", Measured.Text($"{rows:N0}"), Measured.Text($"{MostRows:N0}"), rows <= MostRows),
        ];
    }

    private static Task<int> Rows(BenchedPage page) => page.Page.EvaluateAsync<int>("document.querySelectorAll('tr').length");
}
