using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Charts;

/// <summary>What every kind of chart does, shown by the curves.</summary>
public sealed partial class ChartElementTests(Chromium chromium)
{
    [Fact]
    public async Task The_table_shows_the_same_values_and_says_how_many_there_are()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(variants: 1, seeds: 5, epochs: 50)));
        await page.Drawn();

        await page.Find("button:has-text('Table')").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Drawing).ToBeHiddenAsync();
        await Expect(page.Find("tbody tr")).ToHaveCountAsync(200);
        await Expect(page.Find(".chart-table .chart-note")).ToHaveTextAsync("The first 200 of 250 rows.");
        var epoch = Some.History(50)[0];
        string[] metrics = [.. new[] { epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValidationLoss, epoch.ValidationAccuracy }.Select(metric => metric.ToString("F4", CultureInfo.InvariantCulture))];
        Assert.Equal(
            ["rate=0-seed=1", "rate=0", "1", .. metrics, "0:10"],
            await page.Find("tbody tr").First.Locator("th, td").AllTextContentsAsync());

        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Drawing).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_version_brings_what_changed_alone_and_is_merged()
    {
        var asked = new ConcurrentQueue<string>();
        var grid = Some.Grid(variants: 2, seeds: 1, epochs: 3);
        await using var page = await ChartPage.Open(chromium, "curves", request =>
        {
            asked.Enqueue(request.QueryString.Value!);
            var changed = grid.SetItem(1, Some.Experiment("rate=1-seed=1", "rate=1", Some.History(4, 1)));
            return request.Query.ContainsKey("after") ? CurvesChart.Of(2, 1, changed, [changed[1].Id]) : CurvesChart.Of(1, grid);
        });
        await page.Drawn();

        await page.Set("version", "2");

        await Expect(page.Find(".chart-summary")).ToContainTextAsync("2 experiments over 4 epochs");
        Assert.Equal((int[])[3, 4], await page.Option<int[]>("option.series.filter(series => series.xAxisIndex === 0 && series.lineStyle.type === 'solid').map(series => series.data.length)"));
        Assert.Equal(["", "?after=1"], asked);
    }

    [Fact]
    public async Task A_version_that_is_there_already_is_not_asked_for()
    {
        int asked = 0;
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(Interlocked.Increment(ref asked), Some.Grid(1, 1, 2)));
        await page.Drawn();

        await page.Set("version", "1");
        await page.Set("version", "2");

        await page.Until("() => document.querySelector('experiment-chart').shown.data.version === 2");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task What_is_shown_stays_when_its_values_do_not_come_and_comes_up_to_date_by_itself()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(1, 1, 3)));
        await page.Drawn();

        page.Values = _ => null;
        await page.Set("version", "2");

        await Expect(page.Find(".chart-status")).ToHaveTextAsync(StaleText());
        Assert.Equal(3, await page.Option<int>("option.series[0].data.length"));
        await Expect(page.Drawing).ToBeVisibleAsync();

        page.Values = _ => CurvesChart.Of(2, Some.Grid(1, 1, 4));
        await Expect(page.Find(".chart-status")).ToHaveTextAsync("", new LocatorAssertionsToHaveTextOptions { Timeout = 15_000 });
        Assert.Equal(4, await page.Option<int>("option.series[0].data.length"));
        Assert.All(page.Errors, error => Assert.Contains("503", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_that_have_never_come_are_said_to_be_missing()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => null);

        await Expect(page.Find(".chart-status")).ToHaveTextAsync("The values did not come (HTTP 503); trying again.");
        await Expect(page.Find("button:has-text('Table')")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Where_there_is_nothing_to_draw_it_says_why()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, [Some.Experiment("a")]));

        await Expect(page.Find(".chart-empty")).ToHaveTextAsync("No epoch is trained yet.");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_theme_of_the_page_is_that_of_the_chart()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(1, 1, 3)));
        await page.Drawn();
        string light = await page.Option<string>("option.yAxis[0].axisLabel.color");

        await page.Evaluate<object>("() => document.documentElement.dataset.theme = 'dark'");

        await page.Until($"() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getOption().yAxis[0].axisLabel.color !== '{light}'");
        Assert.Equal("#e6edf3", await page.Option<string>("option.yAxis[0].axisLabel.color"));
        await Expect(page.Find("h3")).ToHaveCSSAsync("color", "rgb(230, 237, 243)");
    }

    [Fact]
    public async Task Text_stays_text_wherever_it_is_shown()
    {
        const string Markup = "<img src=x onerror=\"globalThis.broken=true\"><script>globalThis.broken=true</script>{b}🙂";
        string endless = string.Concat(Enumerable.Repeat("🙂<b>", 2_500));
        await using var page = await ChartPage.Open(
            chromium, "curves", _ => CurvesChart.Of(1, [Some.Experiment(Markup, Markup, Some.History(5)), Some.Experiment(endless, endless, Some.History(5, 1))]), heading: Markup);
        await page.Drawn();

        await page.Drawing.HoverAsync(new LocatorHoverOptions { Position = new Position { X = 300, Y = 120 } });
        await Expect(page.Find(".chart-tip")).ToContainTextAsync("<img src=x");
        await Expect(page.Find("h3")).ToHaveTextAsync(Markup);
        await Expect(page.Find(".chart-legend")).ToContainTextAsync("<img src=x");
        await page.Find("button:has-text('Table')").ClickAsync();
        await Expect(page.Find("tbody th").First).ToHaveTextAsync(Markup);

        Assert.True(await page.Evaluate<bool>("() => globalThis.broken === undefined && document.querySelector('experiment-chart :is(img, script, b)') === null"));
        Assert.True(await page.Evaluate<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "A long name makes the page wider.");
        Assert.True(await page.Evaluate<bool>("() => document.querySelector('.chart-legend').textContent.length < 200"));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_chart_that_goes_takes_its_drawing_with_it_and_comes_back_where_it_is_put_again()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(1, 1, 3)));
        await page.Drawn();

        Assert.True(await page.Evaluate<bool>(
            """
            () => {
                const chart = document.querySelector('experiment-chart'), drawing = echarts.getInstanceByDom(chart.querySelector('.chart-drawing'));
                chart.remove();
                globalThis.chart = chart;
                return drawing.isDisposed();
            }
            """));

        await page.Evaluate<object>("() => document.body.append(chart)");
        await page.Drawn();
    }

    [Fact]
    public async Task A_chart_out_of_sight_is_not_drawn_until_it_is_looked_at()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(1, 1, 3)));
        await page.Evaluate<object>("() => document.body.style.paddingTop = '5000px'");
        await page.Add("curves", new { }, "Below");
        var below = page.Find("experiment-chart").Nth(1);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(0, await below.Locator("canvas").CountAsync());

        await below.ScrollIntoViewIfNeededAsync();

        await Expect(below.Locator("canvas").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Charts_of_one_link_point_at_the_same_experiment()
    {
        var grid = Some.Grid(2, 1, 5);
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, grid));
        await page.Drawn();
        await page.Add("curves", new { x = "time" }, "By time");
        await Expect(page.Find("canvas")).ToHaveCountAsync(2);

        await page.Drawing.First.HoverAsync(new LocatorHoverOptions { Position = new Position { X = 300, Y = 120 } });

        // What is pointed at is drawn on a canvas of its own, over the curves.
        await Expect(page.Find("experiment-chart").Nth(1).Locator("canvas")).ToHaveCountAsync(2);
    }

    [GeneratedRegex(@"^Not updated since \d\d:\d\d:\d\d \(HTTP 503\); trying again\.$")]
    private static partial Regex StaleText();
}
