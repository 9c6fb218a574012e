using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurvesTests(Chromium chromium)
{
    [Fact]
    public async Task Means_are_drawn_with_a_band_over_the_seeds()
    {
        var chart = CurvesChart.Of(1, Some.Grid(variants: 2, seeds: 3, epochs: 12));
        await using var page = await ChartPage.Open(chromium, "curves", _ => chart);
        await page.Drawn();

        // Of each panel, variant and split.
        Assert.Equal(8, await page.Option<int>("option.series.filter(series => series.type === 'custom').length"));
        Assert.Equal(8, await page.Option<int>("option.series.filter(series => series.type === 'line' && series.z === 5).length"));
        double[] drawn = await page.Option<double[]>("option.series.find(series => series.z === 5 && series.xAxisIndex === 1 && series.lineStyle.type === 'solid').data.map(row => row[1])");
        Assert.Equal(chart.Bands[0].ValidationLoss.Mean.Select(mean => mean!.Value), drawn);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_summary_says_the_best_values_and_describes_the_drawing()
    {
        var chart = CurvesChart.Of(1, [Some.Experiment("only", null, new EpochMetrics(1, 0.5, 0.8, 0.4, 0.85, 9), new EpochMetrics(2, 0.3, 0.9, 0.45, 0.875, 9))]);
        await using var page = await ChartPage.Open(chromium, "curves", _ => chart);
        await page.Drawn();

        const string Summary = "1 experiment over 2 epochs; highest validation accuracy 0.8750 (only, epoch 2), lowest validation loss 0.4000 (only, epoch 1).";
        await Expect(page.Find(".chart-summary")).ToHaveTextAsync(Summary);
        await Expect(page.Drawing).ToHaveAttributeAsync("aria-label", Summary);
        await Expect(page.Drawing).ToHaveAttributeAsync("role", "img");
    }

    [Fact]
    public async Task Pointing_at_an_epoch_tells_of_the_nearest_curve_and_shows_it_in_both_panels()
    {
        var grid = Some.Grid(variants: 2, seeds: 1, epochs: 21);
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, grid));
        await page.Drawn();

        // Where the second experiment's validation loss is after epoch 11, of the panel at the right.
        var (x, y) = await At(page, panel: 1, 11, grid[1].Epochs[10].ValidationLoss);
        await page.Drawing.HoverAsync(new LocatorHoverOptions { Position = new Position { X = x, Y = y } });

        Assert.Equal("""{"id":"id-rate=1-seed=1","epoch":11}""", (await page.Events("chart-hover"))[^1]);
        await Expect(page.Find(".chart-tip")).ToContainTextAsync("Epoch 11");
        await Expect(page.Find(".chart-tip tr.strong")).ToContainTextAsync("rate=1-seed=1");
        Assert.Equal(2, await page.Evaluate<int>("() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getZr().storage.getDisplayList(true).filter(shape => shape.zlevel === 10 && shape.type === 'line').length"));
    }

    [Fact]
    public async Task Keys_go_from_epoch_to_epoch_and_from_curve_to_curve()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(variants: 2, seeds: 1, epochs: 5)));
        await page.Drawn();

        await page.Drawing.FocusAsync();
        foreach (string key in (string[])["ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowRight", "Escape"]) await page.Page.Keyboard.PressAsync(key);

        Assert.Equal(
            [
                """{"id":"id-rate=0-seed=1","epoch":5}""", """{"id":"id-rate=0-seed=1","epoch":4}""", """{"id":"id-rate=1-seed=1","epoch":4}""",
                """{"id":"id-rate=1-seed=1","epoch":5}""", """{"id":null,"epoch":null}""",
            ],
            await page.Events("chart-hover"));
        await Expect(page.Find(".chart-tip")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Dragging_looks_closer_and_stays_so_when_epochs_are_added()
    {
        int epochs = 30;
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(epochs, Some.Grid(variants: 1, seeds: 1, epochs)));
        await page.Drawn();

        var box = (await page.Drawing.BoundingBoxAsync())!;
        var (from, y) = await At(page, panel: 0, 5.2, 0.8);
        var (to, _) = await At(page, panel: 0, 14.8, 0.8);
        await page.Page.Mouse.MoveAsync(box.X + from, box.Y + y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + to, box.Y + y, new MouseMoveOptions { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        Assert.Equal((double[])[5, 15, 5, 15], await page.Option<double[]>("option.xAxis.flatMap(axis => [axis.min, axis.max])"));

        epochs = 31;
        await page.Set("version", "31");
        await page.Until("() => document.querySelector('experiment-chart').shown.data.version === 31");
        await Expect(page.Find(".chart-summary")).ToContainTextAsync("31 epochs");
        Assert.Equal((double[])[5, 15, 5, 15], await page.Option<double[]>("option.xAxis.flatMap(axis => [axis.min, axis.max])"));

        await page.Find("button:has-text('Whole range')").ClickAsync();
        await page.Until("() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).getOption().xAxis[0].max === 31");
        await Expect(page.Find("button:has-text('Whole range')")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_name_of_the_legend_hides_its_variant_and_the_others_keep_their_colours()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(variants: 3, seeds: 1, epochs: 5)));
        await page.Drawn();
        const string Colours = "[...new Set(option.series.filter(series => series.type === 'line').map(series => series.lineStyle.color))]";
        Assert.Equal(["#0072B2", "#E69F00", "#009E73"], await page.Option<string[]>(Colours));

        await page.Find(".chart-entry:has-text('rate=0')").ClickAsync();

        Assert.Equal(["#E69F00", "#009E73"], await page.Option<string[]>(Colours));
        Assert.Equal(["""{"hidden":["rate=0"]}"""], await page.Events("chart-hidden"));
        await Expect(page.Find(".chart-entry:has-text('rate=0')")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task Smoothing_keeps_what_was_measured_behind_it()
    {
        var chart = CurvesChart.Of(1, [Some.Experiment("a", null, new EpochMetrics(1, 1, 0.5, 1, 0.5, 9), new EpochMetrics(2, 3, 0.5, 3, 0.5, 9))]);
        await using var page = await ChartPage.Open(chromium, "curves", _ => chart, new { smoothing = 0.5, series = new { train = false } });
        await page.Drawn();

        // (0.5 · 1 · 0.5 + 3 · 0.5) / (1 − 0.5²) of the values 1 and 3, debiased as TensorBoard does it.
        double[] smooth = await page.Option<double[]>("option.series.find(series => series.xAxisIndex === 1 && series.z === 5).data.map(row => row[1])");
        Assert.Equal(1, smooth[0], 12);
        Assert.Equal(7 / 3.0, smooth[1], 12);
        Assert.Equal((double[])[1, 1, 2, 3], await page.Option<double[]>("[...option.series.find(series => series.xAxisIndex === 1 && series.z === 1).data].filter(Number.isFinite)"));
    }

    [Fact]
    public async Task The_best_epoch_is_marked_and_what_was_trained_after_it_shaded()
    {
        await using var page = await ChartPage.Open(
            chromium, "curves", _ => CurvesChart.Of(1, [Some.Experiment("a", null, Some.History(epochs: 30))]), new { markBest = "validationLoss", group = "experiment" });
        await page.Drawn();

        int best = Some.History(30).MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.Equal((int[])[best, best], await page.Option<int[]>("option.series.filter(series => series.markPoint).map(series => series.markPoint.data[0].coord[0])"));
        Assert.Equal((int[])[best, 30], await page.Option<int[]>("option.series.find(series => series.markArea).markArea.data[0].map(side => side.xAxis)"));
    }

    [Fact]
    public async Task The_time_axis_and_the_logarithm_are_of_what_was_measured()
    {
        await using var page = await ChartPage.Open(chromium, "curves", _ => CurvesChart.Of(1, Some.Grid(1, 1, 10)), new { x = "time", y = "log" });
        await page.Drawn();

        Assert.Equal((double[])[9.5, 95], await page.Option<double[]>("[option.xAxis[0].min, option.xAxis[0].max]"));
        Assert.Equal(["value", "log"], await page.Option<string[]>("option.yAxis.map(axis => axis.type)"));
    }

    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(250, 4)]
    public async Task A_thousand_curves_are_drawn_in_a_second(int variants, int seeds)
    {
        var chart = CurvesChart.Of(1, Some.Grid(variants, seeds, epochs: 50));
        await using var page = await ChartPage.Open(chromium, "curves", _ => chart);
        await page.Drawn();

        // The best of three: other tests share the processor.
        double fastest = await page.Evaluate<double>(
            """
            () => Math.min(...[1, 2, 3].map(() => {
                const { kind, data, view } = document.querySelector('experiment-chart').shown;
                const drawing = echarts.getInstanceByDom(document.querySelector('.chart-drawing')), from = performance.now();
                drawing.setOption(kind.option(data, view), { notMerge: true });
                drawing.getZr().flush();
                document.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1);
                return performance.now() - from;
            }))
            """);
        TestContext.Current.SendDiagnosticMessage($"{variants} variants with {seeds} seeds: drawn in {fastest:F0} ms.");
        Assert.InRange(fastest, 0, 1_000);
    }

    private static async Task<(float X, float Y)> At(ChartPage page, int panel, double x, double y)
    {
        float[] pixel = await page.Evaluate<float[]>(FormattableString.Invariant($"() => echarts.getInstanceByDom(document.querySelector('.chart-drawing')).convertToPixel({{ gridIndex: {panel} }}, [{x:R}, {y:R}])"));
        return (pixel[0], pixel[1]);
    }
}
