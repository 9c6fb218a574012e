namespace Experiments.Grains.Scheduling;

/// <summary>Which grid the next free slot serves.</summary>
internal static class QueueDecision
{
    /// <summary>
    /// Of the grids that wait and may train one more: the highest priority, then the one that trains the fewest, then the one
    /// that was served longest ago, then the oldest. Null where none waits.
    /// </summary>
    public static T? Next<T>(IEnumerable<T> grids)
        where T : class, IWaitingGrid =>
        grids
            .Where(grid => grid.Waiting > 0 && (grid.MaxParallel is not { } limit || grid.Running < limit))
            .OrderByDescending(grid => grid.Priority)
            .ThenBy(grid => grid.Running)
            .ThenBy(grid => grid.LastServed)
            .ThenBy(grid => grid.SubmittedAt)
            .FirstOrDefault();
}

/// <summary>What the decision looks at.</summary>
internal interface IWaitingGrid
{
    int Priority { get; }

    int? MaxParallel { get; }

    int Waiting { get; }

    int Running { get; }

    /// <summary>Grows with every experiment taken from any grid; 0 before the first.</summary>
    long LastServed { get; }

    DateTimeOffset SubmittedAt { get; }
}
