using Experiments.Grains.Scheduling;

namespace Experiments.Grains.Tests.Scheduling;

public class WaitingGridTests
{
    [Fact]
    public void WhatWasTakenDoesNotWaitThoughTheGridHasNotHeardOfIt()
    {
        var grid = Grid(pending: ["1", "2"]);

        Assert.Equal("1", grid.Take(turn: 1).ExperimentId);
        grid.Read(Queued(pending: ["1", "2"]));

        Assert.Equal((1, 1), (grid.Waiting, grid.Running));
        Assert.Equal("2", grid.Take(turn: 2).ExperimentId);
    }

    [Fact]
    public void WhatIsReturnedWaitsAgainInTheOrderOfTheGrid()
    {
        var grid = Grid(pending: ["1", "2"]);
        grid.Take(turn: 1);

        grid.Return("1");
        grid.Read(Queued(pending: ["1", "2"]));

        Assert.Equal("1", grid.Take(turn: 2).ExperimentId);
    }

    [Fact]
    public void WhatAnEarlierQueueGaveOutCountsAsRunningAndIsAskedAfterAtOnce()
    {
        var grid = new WaitingGrid("grid", TimeProvider.System);

        grid.Read(Queued(pending: [], running: ["7"]));

        Assert.Equal(1, grid.Running);
        Assert.Equal(["7"], grid.TakenFor(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void WhatWasJustTakenIsGivenTimeToBegin()
    {
        var grid = Grid(pending: ["1"]);

        grid.Take(turn: 1);

        Assert.Empty(grid.TakenFor(TimeSpan.FromDays(1)));
        Assert.Equal(["1"], grid.TakenFor(TimeSpan.Zero));
    }

    private static WaitingGrid Grid(string[] pending)
    {
        var grid = new WaitingGrid("grid", TimeProvider.System);
        grid.Read(Queued(pending));
        return grid;
    }

    private static QueuedGrid Queued(string[] pending, params string[] running) =>
        new("grid", 0, null, DateTimeOffset.UnixEpoch, [.. pending], [.. running]);
}
