using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class VariantBandTests
{
    [Fact]
    public void EachMetricHasItsMeanAndSampleDeviationAfterEachEpoch()
    {
        var band = Assert.Single(VariantBand.Of(
        [
            Trained("a-seed=1", "a", new EpochMetrics(1, 1, 0.25, 2, 0.5, 9), new EpochMetrics(2, 0.5, 0.5, 1.5, 0.625, 9)),
            Trained("a-seed=2", "a", new EpochMetrics(1, 2, 0.5, 4, 0.5, 8), new EpochMetrics(2, 0.5, 0.75, 1, 0.875, 8)),
            Trained("a-seed=3", "a", new EpochMetrics(1, 3, 0.75, 6, 0.5, 7), new EpochMetrics(2, 0.5, 1, 0.5, 0.75, 7)),
        ]));

        Assert.Equal(("a", 3), (band.Variant, band.Experiments));
        Assert.Equal(
            [
                new BandEpoch(1, new Sample(3, 2, 1), new Sample(3, 0.5, 0.25), new Sample(3, 4, 2), new Sample(3, 0.5, 0)),
                new BandEpoch(2, new Sample(3, 0.5, 0), new Sample(3, 0.75, 0.25), new Sample(3, 1, 0.5), new Sample(3, 0.75, 0.125)),
            ],
            band.Epochs);
    }

    [Fact]
    public void AnEpochCountsThoseThatHaveReachedIt()
    {
        var band = Assert.Single(VariantBand.Of(
        [
            Trained("a-seed=1", "a", Some.History(1, 0.5)),
            Trained("a-seed=2", "a", Some.History(3, 1.5, 0.25)),
            Trained("a-seed=3", "a"),
        ]));

        Assert.Equal(3, band.Experiments);
        Assert.Equal([1, 2, 3], band.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(
            [new Sample(2, 2, Math.Sqrt(2)), new Sample(2, 1, Math.Sqrt(0.5)), new Sample(1, 0.25, null)],
            band.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public void ALossThatIsNoNumberLeavesTheOtherSeedsTheirBand()
    {
        var band = Assert.Single(VariantBand.Of(
            [Trained("a-seed=1", "a", Some.History(1, double.NaN, double.NaN)), Trained("a-seed=2", "a", Some.History(3, 2, double.PositiveInfinity))]));

        Assert.Equal([new Sample(2, 2, Math.Sqrt(2)), new Sample(1, 2, null), null], band.Epochs.Select(epoch => epoch.ValidationLoss));
        Assert.All(band.Epochs, epoch => Assert.Equal(2, epoch.ValidationAccuracy!.Count));
    }

    [Fact]
    public void VariantsStandInTheOrderOfTheirFirstExperimentsAndOneWithoutAnEpochHasNone()
    {
        var bands = VariantBand.Of(
            [Trained("b-seed=1", "b"), Trained("a-seed=1", "a", Some.History(1)), Trained("b-seed=2", "b"), Trained("a-seed=2", "a", Some.History(1, 2))]);

        Assert.Equal([("b", 2, 0), ("a", 2, 2)], bands.Select(band => (band.Variant, band.Experiments, band.Epochs.Length)));
        Assert.Empty(VariantBand.Of([]));
    }

    private static ExperimentHistory Trained(string name, string variant, params ImmutableArray<EpochMetrics> epochs) =>
        new("id-" + name, name, variant, ExperimentStatus.Running, epochs);
}
