using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Dashboard.Charts;
using Experiments.Reports;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurvesChartTests
{
    [Fact]
    public void A_curve_is_columns_with_the_training_time_so_far()
    {
        var chart = CurvesChart.Of(7, [Some.Experiment("a", null, new EpochMetrics(1, 0.5, 0.8, 0.4, 0.85, 9), new EpochMetrics(2, double.NaN, 0.9, 0.45, 0.875, 8))]);

        var json = JsonNode.Parse(JsonSerializer.Serialize(chart, ResultsJson.Options))!;
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(
            """
            {
              "version": 7, "after": null,
              "experiments": [{"id": "id-a", "name": "a", "variant": "a", "status": "Running"}],
              "curves": [{
                "id": "id-a", "epoch": [1, 2], "trainLoss": [0.5, null], "trainAccuracy": [0.8, 0.9],
                "validationLoss": [0.4, 0.45], "validationAccuracy": [0.85, 0.875], "seconds": [9, 17] }],
              "bands": []
            }
            """)), json.ToJsonString());
    }

    [Fact]
    public void A_band_has_the_mean_the_deviation_and_the_number_of_seeds()
    {
        var chart = CurvesChart.Of(1,
        [
            Some.Experiment("a-seed=1", "a", new EpochMetrics(1, 0.5, 0.8, 1, 0.85, 9), new EpochMetrics(2, 0.5, 0.8, 1, 0.85, 9)),
            Some.Experiment("a-seed=2", "a", new EpochMetrics(1, 0.5, 0.8, 3, 0.85, 9)),
            Some.Experiment("b", "b", new EpochMetrics(1, 0.5, 0.8, 3, 0.85, 9)),
        ]);

        var band = Assert.Single(chart.Bands);
        Assert.Equal(("a", 2), (band.Variant, band.Experiments));
        Assert.Equal([1, 2], band.Epoch);
        Assert.Equal([2, 1], band.ValidationLoss.Mean);
        Assert.Equal([Math.Sqrt(2), null], band.ValidationLoss.Deviation);
        Assert.Equal([2, 1], band.ValidationLoss.Count);
    }

    [Fact]
    public void A_change_holds_what_changed_and_the_whole_band_of_its_variant()
    {
        var chart = CurvesChart.Of(2, 1, Some.Grid(variants: 3, seeds: 2, epochs: 4), ["id-rate=1-seed=2"]);

        Assert.Equal((2, 1L), (chart.Version, chart.After));
        Assert.Equal(["rate=1-seed=2"], chart.Experiments.Select(experiment => experiment.Name));
        Assert.Equal(["id-rate=1-seed=2"], chart.Curves.Select(curve => curve.Id));
        Assert.Equal([("rate=1", 2)], chart.Bands.Select(band => (band.Variant, band.ValidationLoss.Count.Min())));
    }

    [Fact]
    public void An_experiment_without_an_epoch_has_no_curve()
    {
        var chart = CurvesChart.Of(1, [Some.Experiment("a"), Some.Experiment("b", null, Some.History(2))]);

        Assert.Equal(["a", "b"], chart.Experiments.Select(experiment => experiment.Name));
        Assert.Equal(["id-b"], chart.Curves.Select(curve => curve.Id));
    }

    [Fact]
    public void A_long_history_keeps_the_extremes_of_every_metric_and_the_time()
    {
        var history = Some.History(100_000);
        var spiked = history.SetItem(54_320, history[54_320] with { TrainLoss = 99 }).SetItem(76_543, history[76_543] with { ValidationAccuracy = 0.001 });

        var curve = CurvesChart.Of(1, [Some.Experiment("a", null, spiked)]).Curves[0];

        Assert.InRange(curve.Epoch.Length, 500, CurvesChart.MostPoints);
        Assert.Equal(curve.Epoch.Order().Distinct(), curve.Epoch);
        Assert.Equal((1, 100_000), (curve.Epoch[0], curve.Epoch[^1]));
        Assert.Equal(99, curve.TrainLoss[curve.Epoch.IndexOf(54_321)]);
        Assert.Equal(0.001, curve.ValidationAccuracy[curve.Epoch.IndexOf(76_544)]);
        Assert.Equal(history.Min(epoch => epoch.ValidationLoss), curve.ValidationLoss.Min());
        Assert.Equal(950_000, curve.Seconds[^1], tolerance: 1e-3);
    }
}
