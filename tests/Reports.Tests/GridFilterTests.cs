using Xunit;

namespace Experiments.Reports.Tests;

public sealed class GridFilterTests
{
    private static readonly GridOverview[] Grids =
    [
        Some.Overview(4) with { Name = "night-sweep", Status = GridStatus.Running, Running = 2, Completed = 2, Annotation = Annotation.Create(["night"], "") },
        Some.Overview(2) with { Name = "quick", Status = GridStatus.Failed, Failed = 1, Completed = 1, BestValidationAccuracy = 0.92 },
        Some.Overview(1) with { Name = "quick-2", Status = GridStatus.Completed, BestValidationAccuracy = 0.9 },
    ];

    [Theory]
    [InlineData("", "night-sweep quick quick-2")]
    [InlineData("quick", "quick quick-2")]
    [InlineData("name:quick", "quick")]
    [InlineData("status:RUNNING or status:failed", "night-sweep quick")]
    [InlineData("tag:Night", "night-sweep")]
    [InlineData("failed > 0", "quick")]
    [InlineData("bestValidationAccuracy >= 0.9 and not name:*-2", "quick")]
    [InlineData("experiments = 4 and running = 2", "night-sweep")]
    public void GridsAreFoundByNameStatusTagAndNumbers(string filter, string found)
    {
        var parsed = GridFilter.Parse(filter);

        Assert.Equal(found, string.Join(' ', Grids.Where(parsed.Matches).Select(grid => grid.Name)));
    }

    [Theory]
    [InlineData("status:pending", "column 8: unknown status 'pending'; allowed: running, paused, failed, cancelled, completed.")]
    [InlineData("testAccuracy > 0.9", "column 1: unknown value 'testAccuracy'; allowed: experiments, completed, failed, running, pending, epochs, bestValidationAccuracy, lastValidationAccuracy. A part of a name with '=' stands in double quotes.")]
    [InlineData("and", "column 1: 'and' is not expected; allowed: a word, name:…, status:…, tag:…, a comparison such as failed > 0, not or '('.")]
    public void WhatIsNoFilterOfGridsIsExplained(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<FilterException>(() => GridFilter.Parse(filter)).Message);
}
