using System.Text.Json;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Tests.Browsing;
using Experiments.Reports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class ChartKindsTests(Chromium chromium)
{
    private static readonly ConfusionChart Confusion = new(["shirt", "coat", "bag"], [[8, 2, 0], [1, 18, 1], [0, 0, 5]]);

    [Fact]
    public async Task Brushing_an_axis_selects_the_experiments_until_the_selection_is_cleared()
    {
        var grid = Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93), (0.9, 1, 0.92));
        await using var page = await ChartPage.Open(chromium, "parallel", _ => ParallelChart.Of(grid));
        await page.Drawn();

        // Along the axis of the rates, from 0.4 to above 0.9.
        await Brush(page, axis: 0, 0.4, 1);
        Assert.Equal(["""{"ids":["id-rate=0.5-seed=1","id-rate=0.9-seed=1"]}"""], await page.Events("chart-select"));

        await page.Find("button:has-text('Clear selection')").ClickAsync();
        Assert.Equal("""{"ids":null}""", (await page.Events("chart-select"))[^1]);
        await Expect(page.Find("button:has-text('Clear selection')")).ToBeHiddenAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task What_is_brushed_stays_so_when_values_are_added_and_may_come_to_mean_others()
    {
        var grid = Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93));
        await using var page = await ChartPage.Open(chromium, "parallel", _ => ParallelChart.Of(grid));
        await page.Drawn();
        await Brush(page, axis: 0, 0.3, 0.6);

        grid = Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93), (0.4, 1, 0.92));
        await page.Set("version", "2");

        await Expect(page.Find(".chart-summary")).ToContainTextAsync("3 experiments");
        await page.Until("() => events.filter(e => e[0] === 'chart-select').length === 2");
        Assert.Equal("""{"ids":["id-rate=0.5-seed=1","id-rate=0.4-seed=1"]}""", (await page.Events("chart-select"))[^1]);
    }

    [Fact]
    public async Task Values_that_come_while_the_pointer_brushes_are_drawn_when_it_is_let_go()
    {
        var grid = Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93));
        await using var page = await ChartPage.Open(chromium, "parallel", _ => ParallelChart.Of(grid));
        await page.Drawn();

        await Brush(page, axis: 0, 0.3, 0.6, async () =>
        {
            grid = Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93), (0.4, 1, 0.92));
            await page.Set("version", "2");
            await page.Until("() => document.querySelector('experiment-chart').shown.data.lines.length === 3");
            // Longer than a redraw waits for another.
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
            await Expect(page.Find(".chart-summary")).ToContainTextAsync("2 experiments");
        });

        await Expect(page.Find(".chart-summary")).ToContainTextAsync("3 experiments");
        await page.Until("() => events.at(-1)[1].ids.length === 2");
        Assert.Equal("""{"ids":["id-rate=0.5-seed=1","id-rate=0.4-seed=1"]}""", (await page.Events("chart-select"))[^1]);
    }

    [Fact]
    public async Task What_the_pointer_brushes_can_be_typed_beside_the_table_and_is_brushed_in_the_drawing()
    {
        await using var page = await ChartPage.Open(chromium, "parallel", _ => ParallelChart.Of(Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93), (0.9, 1, 0.92))));
        await page.Drawn();

        await page.Find("button:has-text('Table')").ClickAsync();
        await page.Page.GetByLabel("dropout.dense from").FillAsync("0.4");
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(["""{"ids":["id-rate=0.5-seed=1","id-rate=0.9-seed=1"]}"""], await page.Events("chart-select"));

        await page.Page.GetByLabel("test accuracy to").FillAsync("0.925");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("""{"ids":["id-rate=0.9-seed=1"]}""", (await page.Events("chart-select"))[^1]);

        await page.Find("button:has-text('Table')").ClickAsync();
        await page.Until("() => String(echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getModel().getSeriesByIndex(0).getRawIndicesByActiveState('active')) === '2'");

        await page.Find("button:has-text('Clear selection')").ClickAsync();
        Assert.Equal("""{"ids":null}""", (await page.Events("chart-select"))[^1]);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Of_thousands_of_lines_some_are_drawn_with_all_that_are_selected()
    {
        const int Lines = 3_000;
        var grid = Some.Tested([.. Enumerable.Range(1, Lines).Select(seed => (0.1, seed, (double)seed / Lines))]);
        await using var page = await ChartPage.Open(chromium, "parallel", _ => ParallelChart.Of(grid));
        await page.Drawn();

        await Expect(page.Find(".chart-note")).ToContainTextAsync("Of 3,000 lines 1,000 are drawn; all are selected from.");
        double[] drawn = await page.Option<double[]>("option.series[0].data.map(line => line.value.at(-1)).sort((a, b) => a - b)");
        Assert.Equal((1_000, 1.0 / Lines, 1.0), (drawn.Length, drawn[0], drawn[^1]));
        Assert.All(drawn.Zip(drawn.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 6.0 / Lines));

        await page.Find("button:has-text('Table')").ClickAsync();
        await page.Page.GetByLabel("test accuracy from").FillAsync("0.5");
        await page.Page.GetByLabel("test accuracy to").FillAsync("0.503");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(10, JsonDocument.Parse((await page.Events("chart-select"))[^1]).RootElement.GetProperty("ids").GetArrayLength());

        await page.Find("button:has-text('Table')").ClickAsync();
        await page.Until("() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getModel().getSeriesByIndex(0).getRawIndicesByActiveState('active').length === 10");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Dropout_rates_stand_against_the_accuracy_with_bars_over_the_seeds()
    {
        await using var page = await ChartPage.Open(chromium, "effect", _ => EffectChart.Of(Some.Tested((0, 1, 0.9), (0, 2, 0.92), (0.5, 1, 0.93))));
        await page.Drawn();

        await Expect(page.Find(".chart-summary")).ToHaveTextAsync("Test accuracy is highest, 0.9300 at 0.5 (rate=0.5), and lowest, 0.9100 ± 0.0141 at 0 (rate=0), of 2 variants.");
        Assert.Equal(["0,0.91", "0.5,0.93"], await page.Option<string[]>("option.series.find(series => series.type === 'scatter').data.map(point => point.value.join())"));
        Assert.Equal("custom", await page.Option<string>("option.series[0].type"));
        Assert.Equal((double[])[Math.Round(Math.Sqrt(0.0002), 10), 0], (await page.Option<double[]>("option.series[0].data.map(row => row[2])")).Select(deviation => Math.Round(deviation, 10)));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Differences_of_the_classes_are_bars_to_the_side_of_the_better_variant()
    {
        var chart = new DifferencesChart(["shirt", "coat"], new ClassScores("baseline", 2, [0.5, 0.9], [0.03, 0.01]), new ClassScores("dropout", 2, [0.75, 0.8], [0.04, 0.01]));
        await using var page = await ChartPage.Open(chromium, "differences", _ => chart);
        await page.Drawn();

        await Expect(page.Find(".chart-summary")).ToHaveTextAsync("F1 is higher in dropout than in baseline for 1 of 2 classes: by +0.2500 at most (shirt), and −0.1000 at least (coat).");
        Assert.Equal(["0.2500 #0072B2", "-0.1000 #E69F00"], await page.Option<string[]>("option.series[0].data.map(bar => `${bar.value.toFixed(4)} ${bar.itemStyle.color}`)"));
        Assert.Equal(["0.0500", "0.0141"], await page.Option<string[]>("option.series[1].data.map(row => row[2].toFixed(4))"));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_importance_of_a_key_is_a_bar()
    {
        await using var page = await ChartPage.Open(chromium, "importance", _ => new ImportanceChart(12, [new KeyImportance("dropout.dense", 4, 0.81), new KeyImportance("training.seed", 3, 0.04)]));
        await page.Drawn();

        await Expect(page.Find(".chart-summary")).ToHaveTextAsync("dropout.dense explains 81.0 % of the variance of the test accuracies of 12 completed experiments; next training.seed, 4.0 %.");
        Assert.Equal((double[])[0.81, 0.04], await page.Option<double[]>("option.series[0].data"));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Two_experiments_are_said_to_tell_nothing_of_importance()
    {
        await using var page = await ChartPage.Open(chromium, "importance", _ => ImportanceChart.Of(Some.Tested((0.1, 1, 0.91), (0.5, 1, 0.93))));

        await Expect(page.Find(".chart-empty")).ToHaveTextAsync("2 completed experiments tell nothing of which key matters: it takes three, of different test accuracies.");
    }

    [Fact]
    public async Task A_confusion_matrix_is_normalised_by_row_and_a_cell_can_be_pressed()
    {
        await using var page = await ChartPage.Open(chromium, "confusion", _ => Confusion);
        await page.Drawn();

        await Expect(page.Find(".chart-summary")).ToHaveTextAsync("31 of 35 test images are predicted rightly; most confused: shirt taken for coat, 2 images.");
        Assert.Equal(["0.8", "0.2", "0", "0.05", "0.9", "0.05", "0", "0", "1"], await page.Option<string[]>("option.series[0].data.map(cell => String(cell.value[2]))"));

        float[] cell = await page.Evaluate<float[]>("() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).convertToPixel({ gridIndex: 0 }, [1, 0])");
        await page.Drawing.ClickAsync(new LocatorClickOptions { Position = new Position { X = cell[0], Y = cell[1] } });
        Assert.Equal(["""{"row":0,"column":1}"""], await page.Events("chart-cell"));
        await Expect(page.Drawing).ToContainTextAsync("share of the true class20.0 %");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_cells_of_a_confusion_matrix_are_reached_by_keys_in_the_table()
    {
        await using var page = await ChartPage.Open(chromium, "confusion", _ => Confusion);
        await page.Drawn();

        await page.Find("button:has-text('Table')").FocusAsync();
        foreach (string key in (string[])["Enter", "Tab", "Tab", "Tab", "Enter"]) await page.Page.Keyboard.PressAsync(key);

        Assert.Equal(["""{"row":0,"column":1}"""], await page.Events("chart-cell"));
        await Expect(page.Find("tbody button").Nth(1)).ToHaveAttributeAsync("aria-label", "true shirt, predicted coat: 2 images");
    }

    [Fact]
    public async Task Splits_stand_side_by_side()
    {
        var chart = new DistributionChart(["shirt", "coat"], [new DistributionSplit("train", [48, 52]), new DistributionSplit("test", [10, 10])]);
        await using var page = await ChartPage.Open(chromium, "distribution", _ => chart);
        await page.Drawn();

        await Expect(page.Find(".chart-summary")).ToHaveTextAsync("2 classes: train has 100 images, 48 to 52 a class; test has 20 images, 10 a class.");
        Assert.Equal(["48,52", "10,10"], await page.Option<string[]>("option.series.map(series => series.data.join())"));
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData("parallel")]
    [InlineData("effect")]
    [InlineData("differences")]
    [InlineData("importance")]
    [InlineData("confusion")]
    [InlineData("distribution")]
    public async Task Every_kind_fits_a_narrow_page_has_a_table_is_accessible_and_takes_the_dark_theme(string kind)
    {
        var grid = Some.Tested((0.1, 1, 0.91), (0.1, 2, 0.92), (0.5, 1, 0.93), (0.5, 2, 0.94));
        object values = kind switch
        {
            "parallel" => ParallelChart.Of(grid),
            "effect" => EffectChart.Of(grid),
            "differences" => new DifferencesChart(["<b>shirt</b>", "coat"], new ClassScores("a", 1, [0.5, 0.6], [null, null]), new ClassScores("b", 1, [0.4, 0.5], [null, null])),
            "importance" => ImportanceChart.Of(grid),
            "confusion" => Confusion,
            _ => new DistributionChart(["<b>shirt</b>", "coat"], [new DistributionSplit("train", [48, 52])]),
        };
        await using var page = await ChartPage.Open(chromium, kind, _ => values, width: 400);
        await page.Evaluate<object>("() => document.documentElement.dataset.theme = 'dark'");
        await page.Drawn();

        await page.Until("() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getOption().textStyle.color === '#e6edf3'");
        Assert.True(await page.Evaluate<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.IsAccessible();
        await page.Find("button:has-text('Table')").ClickAsync();
        await page.IsAccessible();
        Assert.NotEqual(0, await page.Find("tbody tr").CountAsync());
        Assert.True(await page.Evaluate<bool>("() => document.querySelector('experiment-chart b') === null"));
        Assert.Empty(page.Errors);
    }

    private static async Task Brush(ChartPage page, int axis, double from, double to, Func<Task>? meanwhile = null)
    {
        float[] line = await page.Evaluate<float[]>(FormattableString.Invariant(
            $$"""
            () => {
                const chart = echarts.getInstanceByDom(document.querySelector('.chart-drawing'));
                const axis = chart.getModel().getComponent('parallelAxis', {{axis}}).axis, place = chart.getModel().getComponent('parallel').coordinateSystem;
                return [{{from}}, {{to}}].flatMap(value => place.axisCoordToPoint(axis.dataToCoord(value), axis.dim));
            }
            """));
        var box = (await page.Drawing.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + line[0], box.Y + line[1]);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + line[2], box.Y + line[3], new MouseMoveOptions { Steps = 5 });
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await page.Page.Mouse.UpAsync();
        await page.Until("() => events.some(e => e[0] === 'chart-select')");
    }
}
