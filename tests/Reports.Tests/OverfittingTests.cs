using Xunit;

namespace Experiments.Reports.Tests;

public sealed class OverfittingTests
{
    [Theory]
    [InlineData(OverfittingDegree.Clear, 0.5, 0.25, 0.375)]
    [InlineData(OverfittingDegree.Slight, 0.5, 0.25, 0.37)]
    [InlineData(OverfittingDegree.Slight, 0.5, 0.25, 0.31)]
    [InlineData(OverfittingDegree.None, 0.5, 0.25, 0.29)]
    [InlineData(OverfittingDegree.None, 0.5, 0.4, 0.3)]
    public void ItsDegreeIsHowFarTheValidationLossRoseAboveItsMinimum(OverfittingDegree degree, params double[] losses) =>
        Assert.Equal(degree, Overfitting.Of(Some.History(losses))!.Degree);

    [Fact]
    public void TheFirstOfEqualMinimaIsTheLowestEpoch()
    {
        var overfitting = Overfitting.Of(Some.History(0.5, 0.25, 0.25, 0.5))!;

        Assert.Equal((2, 0.25, 4, 0.5, 2.0),
            (overfitting.LowestEpoch, overfitting.LowestLoss, overfitting.LastEpoch, overfitting.LastLoss, overfitting.Ratio));
    }

    [Fact]
    public void AnEpochThatIsNoNumberIsNotTheLowest() => Assert.Equal(3, Overfitting.Of(Some.History(double.NaN, 0.5, 0.25, 0.5))!.LowestEpoch);

    [Fact]
    public void AHistoryThatCannotTellSaysNothing()
    {
        Assert.Null(Overfitting.Of([]));
        Assert.Null(Overfitting.Of(Some.History(0.5)));
        Assert.Null(Overfitting.Of(Some.History(0.5, double.NaN)));
        Assert.Null(Overfitting.Of(Some.History(0, 0)));
    }
}
