using Experiments.Grains.Grids;
using static Experiments.ExperimentStatus;

namespace Experiments.Grains.Tests.Grids;

public class GridStatusesTests
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
        Assert.Equal(expected, GridStatuses.Of(experiments));
        Assert.Equal(expected, GridStatuses.Of([.. experiments.Reverse()]));
    }
}
