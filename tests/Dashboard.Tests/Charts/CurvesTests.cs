using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Tests.Browsing;
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
}
