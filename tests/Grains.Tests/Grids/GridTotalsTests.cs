using Experiments.Grains.Grids;
using static Experiments.ExperimentStatus;

namespace Experiments.Grains.Tests.Grids;

public class GridTotalsTests
{
    [Theory]
    [InlineData(GridStatus.Running, Pending, Paused, Failed, Cancelled, Completed)]
    [InlineData(GridStatus.Running, Running, Paused, Failed, Cancelled, Completed)]
    [InlineData(GridStatus.Paused, Paused, Failed, Cancelled, Completed)]
    [InlineData(GridStatus.Failed, Failed, Cancelled, Completed)]
    [InlineData(GridStatus.Cancelled, Cancelled, Completed)]
    [InlineData(GridStatus.Completed, Completed, Completed)]
    public void TheStatusThatComesFirstInTheOrderIsTheGrids(GridStatus expected, params ExperimentStatus[] experiments)
    {
        Assert.Equal(expected, Of(experiments).Status);
        Assert.Equal(expected, Of([.. experiments.Reverse()]).Status);
    }

    [Fact]
    public void ExperimentsAreCountedByTheirStatus()
    {
        var totals = Of(Pending, Running, Running, Cancelled, Failed, Failed, Failed);

        Assert.Equal([1, 2, 0, 0, 1, 3], Enum.GetValues<ExperimentStatus>().Select(totals.Of));
    }

    [Fact]
    public void EpochsAreSummedAndTheHighestAccuraciesFoundWhereverTheyAre()
    {
        var totals = new GridTotals(
        [
            Trained(epoch: 3, accuracy: 0.5, bestAccuracy: 0.75),
            Some.Row("waits") with { Epochs = 100_000 },
            Trained(epoch: 2, accuracy: 0.625, bestAccuracy: 0.6875),
            Trained(epoch: 1, accuracy: 0.25, bestAccuracy: null),
            Trained(epoch: 1, accuracy: double.NaN, bestAccuracy: double.NaN),
        ]);

        Assert.Equal((7, 100_020), (totals.EpochsCommitted, totals.EpochsToTrain));
        Assert.Equal((0.75, 0.625), (totals.BestValidationAccuracy, totals.LastValidationAccuracy));
    }

    [Fact]
    public void WhatEndedEarlyHasNothingLeftToTrain()
    {
        var totals = new GridTotals([Trained(epoch: 3, accuracy: 0.5, bestAccuracy: 0.5) with { Status = Completed }, Trained(epoch: 3, accuracy: 0.5, bestAccuracy: 0.5)]);

        Assert.Equal((6, 8), (totals.EpochsCommitted, totals.EpochsToTrain));
    }

    [Fact]
    public void BeforeTheFirstEpochThereIsNoAccuracy()
    {
        var totals = Of(Pending, Running);

        Assert.Equal((0, null, null), (totals.EpochsCommitted, totals.BestValidationAccuracy, totals.LastValidationAccuracy));
    }

    [Fact]
    public void AGridEndedWhenTheLastOfItsExperimentsDid()
    {
        DateTimeOffset first = DateTimeOffset.UnixEpoch, last = first.AddSeconds(1);

        Assert.Equal(last, new GridTotals([Some.Row("a"), Some.Row("b") with { EndedAt = last }, Some.Row("c") with { EndedAt = first }]).EndedAt);
        Assert.Null(Of(Running).EndedAt);
    }

    private static GridTotals Of(params ExperimentStatus[] experiments) => new(experiments.Select(status => Some.Row("it", status)));

    private static ExperimentRow Trained(int epoch, double accuracy, double? bestAccuracy) => Some.Row("trained") with
    {
        Last = Some.Epoch(epoch) with { ValidationAccuracy = accuracy },
        Best = new BestEpoch(1, 0.5, bestAccuracy, TestAccuracy: null),
    };
}
