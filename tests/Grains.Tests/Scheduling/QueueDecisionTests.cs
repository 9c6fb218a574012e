using Experiments.Grains.Scheduling;

namespace Experiments.Grains.Tests.Scheduling;

public class QueueDecisionTests
{
    [Fact]
    public void NothingIsNextWhereNothingWaits() => Assert.Null(QueueDecision.Next([new Grid { Waiting = 0 }]));

    [Fact]
    public void AHigherPriorityGoesFirstHoweverManyItTrainsAlready()
    {
        var urgent = new Grid { Priority = 1, Running = 50, LastServed = 9 };

        Assert.Same(urgent, QueueDecision.Next([new Grid(), urgent, new Grid { Priority = -100 }]));
    }

    [Fact]
    public void AmongEqualsTheOneThatTrainsTheFewestIsNext()
    {
        var small = new Grid { Running = 1, LastServed = 9 };

        Assert.Same(small, QueueDecision.Next([new Grid { Running = 2 }, small, new Grid { Running = 3 }]));
    }

    [Fact]
    public void GridsThatTrainAsManyTakeTurns()
    {
        var waitedLongest = new Grid { LastServed = 3, SubmittedAt = DateTimeOffset.MaxValue };

        Assert.Same(waitedLongest, QueueDecision.Next([new Grid { LastServed = 5 }, waitedLongest, new Grid { LastServed = 4 }]));
    }

    [Fact]
    public void TheOlderIsNextWhereNothingElseDiffers()
    {
        var older = new Grid { SubmittedAt = DateTimeOffset.UnixEpoch };

        Assert.Same(older, QueueDecision.Next([new Grid { SubmittedAt = DateTimeOffset.UnixEpoch.AddTicks(1) }, older]));
    }

    [Fact]
    public void AGridAtItsLimitIsPassedOverWhateverItsPriority()
    {
        var other = new Grid();

        Assert.Same(other, QueueDecision.Next([new Grid { Priority = 100, Running = 2, MaxParallel = 2 }, other]));
    }

    [Fact]
    public void TheOrderIsThatInWhichGridsWouldBeServedAndThoseAtTheirLimitComeLast()
    {
        Grid first = new() { Priority = 1, Running = 5 }, second = new() { Running = 0 }, third = new() { Running = 1, LastServed = 1 }, fourth = new() { Running = 1, LastServed = 2 };
        Grid urgentAtLimit = new() { Priority = 100, Running = 2, MaxParallel = 2 }, atLimit = new() { Running = 1, MaxParallel = 1 };

        Assert.Equal(
            [first, second, third, fourth, urgentAtLimit, atLimit],
            QueueDecision.InOrder([atLimit, fourth, new Grid { Waiting = 0, Priority = 100 }, third, urgentAtLimit, second, first]));
    }

    [Fact]
    public void WhereEveryGridIsAtItsLimitNoneIsNext() => Assert.Null(QueueDecision.Next([new Grid { Running = 2, MaxParallel = 2 }, new Grid { Running = 3, MaxParallel = 2 }]));

    [Fact]
    public void ThreeGridsShareTheSlotsEvenly()
    {
        Grid[] grids = [new() { Waiting = 10_000 }, new() { Waiting = 40 }, new() { Waiting = 40 }];
        for (int turn = 1; turn <= 90; turn++)
        {
            var next = QueueDecision.Next(grids)!;
            (next.Waiting, next.Running, next.LastServed) = (next.Waiting - 1, next.Running + 1, turn);
        }

        Assert.All(grids, grid => Assert.Equal(30, grid.Running));
    }

    private sealed class Grid : IWaitingGrid
    {
        public int Priority { get; init; }

        public int? MaxParallel { get; init; }

        public int Waiting { get; set; } = 1;

        public int Running { get; set; }

        public long LastServed { get; set; }

        public DateTimeOffset SubmittedAt { get; init; } = DateTimeOffset.UnixEpoch.AddYears(1);
    }
}
