using Xunit;

namespace Experiments.Reports.Tests;

/// <summary>Expected values are those of SciPy 1.10.1: <c>binomtest</c>, <c>chi2.sf</c>, <c>t.sf</c> and <c>ttest_ind(equal_var=False)</c>.</summary>
public sealed class StatisticsTests
{
    private const double Relative = 1e-9;

    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(5, 10, 0.30175781249999994)]
    [InlineData(1, 9, 0.021484375)]
    [InlineData(9, 1, 0.021484375)]
    [InlineData(6, 2, 0.2890625)]
    [InlineData(12, 12, 1.0)]
    [InlineData(0, 24, 1.1920928955078125e-07)]
    public void McNemarIsExactBelow25ImagesThatOnlyOneHasRight(int onlyFirst, int onlySecond, double p)
    {
        var test = McNemarTest.Of(onlyFirst, onlySecond);

        Assert.Null(test.Statistic);
        AssertClose(p, test.P);
    }

    [Theory]
    [InlineData(13, 12, 0.0, 1.0)]
    [InlineData(30, 30, 0.0, 1.0)]
    [InlineData(25, 0, 23.04, 1.5866563039511885e-06)]
    [InlineData(86, 150, 16.81779661016949, 4.114562281345944e-05)]
    [InlineData(412, 267, 30.539027982326953, 3.272171990234165e-08)]
    [InlineData(1000, 0, 998.001, 4.8840137355217796e-219)]
    public void McNemarIsChiSquareWithContinuityCorrectionFrom25(int onlyFirst, int onlySecond, double statistic, double p)
    {
        var test = McNemarTest.Of(onlyFirst, onlySecond);

        AssertClose(statistic, test.Statistic!.Value);
        AssertClose(p, test.P);
    }

    [Fact]
    public void McNemarCountsTheImagesThatOnlyOneHasRight()
    {
        var first = new Predictions([0, 1, 2, 3, 4], [0, 1, 2, 0, 0], [1, 1, 1, 1, 1]);
        var second = new Predictions([0, 1, 2, 3, 4], [0, 0, 0, 3, 1], [1, 1, 1, 1, 1]);

        var test = McNemarTest.Of(Correctness.Of(first), Correctness.Of(second));

        Assert.Equal((2, 1), (test.OnlyFirst, test.OnlySecond));
    }

    [Fact]
    public void McNemarRefusesPredictionsOfOtherImages()
    {
        var first = new Predictions([0, 1], [0, 1], [1, 1]);

        Assert.Throws<ArgumentException>(() => McNemarTest.Of(Correctness.Of(first), Correctness.Of(first with { Labels = [1, 0] })));
    }

    [Theory]
    [InlineData(2.228, 10, 0.05001177181711133)]
    [InlineData(12.706, 1, 0.05000080235813317)]
    [InlineData(4.604, 4, 0.01000071443601567)]
    [InlineData(-4.604, 4, 0.01000071443601567)]
    [InlineData(1.96, 1e6, 0.04999606758526978)]
    [InlineData(40, 4, 2.3340163226012694e-06)]
    [InlineData(1e4, 3, 2.2053155022958127e-12)]
    [InlineData(0, 5, 1.0)]
    public void StudentsDistributionHasItsKnownTails(double t, double freedom, double p) => AssertClose(p, WelchTest.TwoSided(t, freedom));

    [Theory]
    [InlineData(new[] { 27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4 },
        new[] { 27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.4 },
        -2.8529548701715215, 27.88730398842012, 0.008071938172194901)]
    [InlineData(new[] { 0.9187, 0.9201, 0.9176 }, new[] { 0.9042, 0.9061, 0.9035 }, 13.377982441354115, 3.9799338094408685, 0.00018617720809072235)]
    [InlineData(new[] { 0.91, 0.92 }, new[] { 0.905, 0.906 }, 1.8905706613989903, 1.01999800019998, 0.30597509299176284)]
    [InlineData(new[] { 0.9, 0.9, 0.9 }, new[] { 0.8, 0.8, 0.81 }, 28.99999999999998, 2.0, 0.0011869440384785633)]
    public void WelchGivesTheStatisticItsDegreesOfFreedomAndTheProbability(double[] first, double[] second, double t, double freedom, double p)
    {
        var test = WelchTest.Of(Sample.Of(first)!, Sample.Of(second)!);

        Assert.NotNull(test);
        AssertClose(t, test.Statistic);
        AssertClose(freedom, test.DegreesOfFreedom);
        AssertClose(p, test.P);
    }

    [Fact]
    public void WelchNeedsTwoValuesEachAndSomeSpread()
    {
        Assert.Null(WelchTest.Of(Sample.Of([0.9])!, Sample.Of([0.8, 0.7])!));
        Assert.Null(WelchTest.Of(Sample.Of([0.1, 0.1, 0.1])!, Sample.Of([0.3, 0.3, 0.3])!));
    }

    [Fact]
    public void ASampleOfOneHasNoStandardDeviationAndOneOfNoneIsNone()
    {
        Assert.Equal(new Sample(1, 0.9, null), Sample.Of([0.9]));
        Assert.Equal(new Sample(3, 2, 1), Sample.Of([1.0, 2.0, 3.0]));
        Assert.Null(Sample.Of([]));
    }

    [Fact]
    public void HolmMultipliesByTheTestsThatAreLeftNeverFallsAndNeverPassesOne()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]));
        Assert.Equal([1, 1], Holm.Adjust([0.9, 0.6]));
        Assert.Equal([0.03], Holm.Adjust([0.03]));
        Assert.Empty(Holm.Adjust([]));
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= Relative * Math.Abs(expected), $"{actual:R} is not {expected:R}");
}
