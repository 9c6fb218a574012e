using Xunit;

namespace Experiments.Reports.Tests;

public sealed class TimeLeftTests
{
    private readonly SetTime _time = new();
    private readonly TimeLeft _left;

    public TimeLeftTests() => _left = new TimeLeft(_time);

    [Fact]
    public void WhatRemainsOfAGridTakesAsLongInProportionAsWhatWasSeenOfIt()
    {
        Assert.Null(_left.Of(Grid(epochs: 10)));
        _time.Seconds = 5;
        Assert.Null(_left.Of(Grid(epochs: 10)));
        _time.Seconds = 20;

        Assert.Equal(TimeSpan.FromSeconds(160), _left.Of(Grid(epochs: 20)));
    }

    [Fact]
    public void TheEpochUnderWayCountsForItsPart()
    {
        Assert.Null(_left.Of(Row(epoch: 1, batch: 0)));
        _time.Seconds = 10;

        Assert.Equal(TimeSpan.FromSeconds(50), _left.Of(Row(epoch: 1, batch: 50)));
    }

    [Fact]
    public void WhatWasSeenBeforeAPauseSaysNothingOfTheTimeAfterIt()
    {
        _left.Of(Grid(epochs: 10));
        Assert.Null(_left.Of(Grid(epochs: 20) with { Status = GridStatus.Paused }));
        _time.Seconds = 1_000;
        Assert.Null(_left.Of(Grid(epochs: 20)));
        _time.Seconds = 1_010;

        Assert.Equal(TimeSpan.FromSeconds(70), _left.Of(Grid(epochs: 30)));
    }

    private static GridOverview Grid(long epochs) => Some.Overview() with { Status = GridStatus.Running, EpochsCommitted = epochs, EpochsToTrain = 100 };

    private static ExperimentRow Row(int epoch, int batch) => Some.Row("baseline") with
    {
        Status = ExperimentStatus.Running,
        Progress = new BatchProgress(epoch, batch, 100, 0.5, 0.8, 1_000),
    };

    private sealed class SetTime : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * TimestampFrequency);
    }
}
