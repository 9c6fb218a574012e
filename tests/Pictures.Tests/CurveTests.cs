using ScottPlot;
using Xunit;

namespace Experiments.Pictures.Tests;

public class CurveTests
{
    [Fact]
    public void TheBestEpochIsTheFirstOfTheLowestFiniteValidationLosses()
    {
        Curve curve = Assert.Single(Curve.Of([Some.Experiment("e",
            Some.Epoch(1, validationLoss: double.NaN), Some.Epoch(2, validationLoss: 0.5), Some.Epoch(3, validationLoss: 0.3), Some.Epoch(4, validationLoss: 0.3))]));

        Assert.Equal(3, curve.BestEpoch);
        Assert.Null(Assert.Single(Curve.Of([Some.Experiment("e", Some.Epoch(1, validationLoss: double.NaN))])).BestEpoch);
    }

    [Fact]
    public void WhereTheAccuracyIsMonitoredItsHighestIsTheBest()
    {
        var experiment = Some.Experiment("e", Some.Epoch(1, validationLoss: 0.1, validationAccuracy: 0.8), Some.Epoch(2, validationLoss: 0.2, validationAccuracy: 0.9), Some.Epoch(3, validationAccuracy: 0.9));

        Assert.Equal(2, Assert.Single(Curve.Of([experiment with
        {
            Config = new ExperimentConfig { Training = new TrainingConfig { EarlyStopping = new EarlyStopping { Monitor = MonitoredMetric.ValidationAccuracy } } },
        }])).BestEpoch);
    }

    [Fact]
    public void AVariantIsTheMeanAndSampleDeviationOfItsSeedsThatHaveAFiniteValue()
    {
        double[] losses = [1, 2, 3, double.NaN];
        var seeds = losses.Select((loss, index) => Some.Seed($"a{index}", "a", Some.Epoch(1, validationLoss: loss)));
        var others = Enumerable.Range(0, 5).Select(index => Some.Seed($"b{index}", "b", Some.Epoch(1)));

        Curve curve = Curve.Of([.. seeds, .. others])[0];

        Assert.Equal("a (4 seeds)", curve.Name);
        CurvePoint point = Assert.Single(curve.Loss.Validation);
        Assert.Equal(2, point.Mean, 12);
        Assert.Equal(1, point.Deviation, 12);
    }

    [Fact]
    public void ExperimentsOfDifferentVariantsStayApartHoweverMany()
    {
        var curves = Curve.Of([.. Enumerable.Range(0, 30).Select(number => Some.Experiment($"e{number}", Some.History(2)))]);

        Assert.Equal(30, curves.Length);
        Assert.Equal("e7", curves[7].Name);
    }

    [Fact]
    public void NoTwoOfTheDistinctStylesAreAlikeAndTheFirstSixDifferInBoth()
    {
        CurveStyle[] styles = [.. Enumerable.Range(0, CurveStyle.Distinct).Select(CurveStyle.Of)];

        Assert.Equal(36, styles.Distinct().Count());
        Assert.Equal(6, styles[..6].DistinctBy(style => style.Colour).Count());
        Assert.Equal(6, styles[..6].DistinctBy(style => style.Marker).Count());
        Assert.Equal(MarkerShape.None, CurveStyle.Of(CurveStyle.Distinct).Marker);
    }
}
