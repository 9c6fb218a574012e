using System.Globalization;
using System.Text;
using Experiments.Dashboard.HtmlReports;
using Experiments.Dashboard.Tests.Browsing;
using Experiments.Dashboard.Tests.Pages;
using Experiments.Reports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.HtmlReports;

public sealed class HtmlReportTests(Chromium chromium)
{
    private const string Drawn = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte > 0)";

    [Fact]
    public async Task Opened_from_a_file_it_draws_every_chart_and_fetches_nothing()
    {
        using var file = new ReportFile(Some.Grid());
        await using var browser = await chromium.NewPage();
        var requests = new List<string>();
        browser.Page.Request += (_, request) => requests.Add(request.Url);
        await browser.Page.GotoAsync(file.Address);

        var charts = browser.Find("experiment-chart");
        // Curves, effect, differences and importance; of each experiment curves and a confusion matrix.
        await Expect(charts).ToHaveCountAsync(4 + (2 * 12));
        for (int i = 0; i < 28; i++)
        {
            await charts.Nth(i).ScrollIntoViewIfNeededAsync();
            Assert.True(await charts.Nth(i).Locator("canvas").First.EvaluateAsync<bool>(Drawn));
        }

        Assert.All(requests, request => Assert.True(request == file.Address || request.StartsWith("data:", StringComparison.Ordinal), request));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task It_says_what_the_other_reports_say()
    {
        var results = Some.Grid();
        using var file = new ReportFile(results);
        await using var browser = await chromium.NewPage();
        await browser.Page.GotoAsync(file.Address);

        var comparison = Some.Comparison(results);
        await Expect(browser.Find("h1")).ToHaveTextAsync("dropout-sweep");
        await Expect(browser.Find("header p")).ToHaveTextAsync("Completed. Dataset fashion-mnist (SHA-256 5b4141f0). Submitted 2026-01-01 00:00:00 UTC, completed 2026-01-01 01:00:00 UTC.");
        Assert.Equal(Verdicts.Sentences(comparison), await browser.Find("section[aria-labelledby=verdict] li").AllTextContentsAsync());
        var tables = ComparisonTables.Of(comparison);
        Assert.Equal(tables.SelectMany(table => table.Rows.SelectMany(row => row)), await browser.Find("section[aria-labelledby=comparison] tbody :is(th, td)").AllTextContentsAsync());
        await Expect(browser.Find("section[aria-labelledby=experiment-12] h2")).ToHaveTextAsync("dropout=0.75-seed=3");
        await Expect(browser.Find("section[aria-labelledby=experiment-12] tr:has-text('dropout.dense') td")).ToHaveTextAsync("0.75");
    }

    [Theory]
    [InlineData(1_200, false)]
    [InlineData(400, true)]
    public async Task It_is_accessible_in_light_and_in_dark(int width, bool dark)
    {
        using var file = new ReportFile(Some.Grid());
        await using var browser = await chromium.NewPage(width);
        await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await browser.Page.GotoAsync(file.Address);
        await Expect(browser.Find("canvas").First).ToBeVisibleAsync();

        await browser.IsAccessible();
        await browser.FitsTheWindow();
    }

    [Fact]
    public void With_twelve_experiments_it_is_two_megabytes_at_most()
    {
        int bytes = Encoding.UTF8.GetByteCount(Write(Some.Grid()));
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"));
        Assert.InRange(bytes, 1_000_000, 2_000_000);
    }

    [Fact]
    public async Task Whatever_is_written_in_it_stays_text()
    {
        const string Markup = "</script><script>globalThis.broken=true</script><img src=x onerror=globalThis.broken=true>\"'&amp;🙂";
        var trained = Some.Grid(1).Experiments;
        var report = trained[0].ClassificationReport!;
        using var file = new ReportFile(Some.Grid(
        [
            trained[0] with { Annotation = new Annotation(["<b>night</b>"], Markup), Name = Markup, Variant = Markup, ClassificationReport = report with { Classes = [report.Classes[0] with { Name = Markup }, .. report.Classes[1..]] } },
            trained[1],
            Some.Failed(string.Concat(Enumerable.Repeat("🙂<b>", 2_500)), Markup),
        ]));
        await using var browser = await chromium.NewPage(width: 400);
        await browser.Page.GotoAsync(file.Address);

        await Expect(browser.Find("section[aria-labelledby=experiment-1] h2")).ToHaveTextAsync(Markup);
        await Expect(browser.Find("section[aria-labelledby=failed] dd")).ToHaveTextAsync(Markup);
        await Expect(browser.Find("section[aria-labelledby=experiment-1] .tags")).ToHaveTextAsync("Tags: <b>night</b>");
        await Expect(browser.Find("section[aria-labelledby=experiment-1] .written")).ToHaveTextAsync(Markup);
        await Expect(browser.Find("section[aria-labelledby=experiment-1] .table").First).ToContainTextAsync(Markup);
        foreach (var chart in await browser.Find("experiment-chart").AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        }

        Assert.True(await browser.Evaluate<bool>("() => globalThis.broken === undefined && document.querySelector('img, main b') === null"));
        Assert.True(await browser.Evaluate<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "Wider than the page.");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task On_paper_every_chart_is_a_picture_in_light_colours_also_those_never_looked_at()
    {
        using var file = new ReportFile(Some.Grid());
        await using var browser = await chromium.NewPage();
        await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await browser.Page.GotoAsync(file.Address);

        byte[] pages = await browser.Page.PdfAsync(new PagePdfOptions { Format = "A4", PrintBackground = true });
        Assert.InRange(pages.Length, 50_000, 20_000_000);

        await browser.Evaluate<object>("() => dispatchEvent(new Event('beforeprint'))");
        await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal(28, await browser.Evaluate<int>("async () => { const all = [...document.querySelectorAll('.chart-paper')]; await Promise.all(all.map(one => one.decode())); return all.filter(one => one.clientHeight > 50).length; }"));
        Assert.Equal(0, await browser.Find(".chart-drawing:visible").CountAsync());
        Assert.True(await browser.Evaluate<bool>("() => [...document.querySelectorAll('.chart-paper')].every(one => !decodeURIComponent(one.src).includes('#e6edf3'))"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public void A_comparison_of_other_experiments_is_refused() =>
        Assert.Throws<ArgumentException>(() => HtmlReport.Write(Some.Grid(), Some.Comparison(Some.Grid(1))));

    private static string Write(GridResults results) => HtmlReport.Write(results, Some.Comparison(results));

    private sealed class ReportFile : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");

        public ReportFile(GridResults results) => File.WriteAllText(_path, Write(results));

        public string Address => new Uri(_path).AbsoluteUri;

        public void Dispose() => File.Delete(_path);
    }
}
