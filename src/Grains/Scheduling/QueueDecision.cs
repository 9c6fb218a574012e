namespace Experiments.Grains.Scheduling;

/// <summary>Which grid the next free slot serves.</summary>
internal static class QueueDecision
{
    /// <summary>The first that waits <see cref="InOrder"/> and may train one more; null where none does.</summary>
    public static T? Next<T>(IEnumerable<T> grids)
        where T : class, IWaitingGrid =>
        InOrder(grids).FirstOrDefault(grid => !IsAtLimit(grid));

    /// <summary>
    /// The grids that wait. Those that may train one more come first; of each kind the highest priority, then the one that trains the
    /// fewest, then the one that was served longest ago, then the oldest.
    /// </summary>
    public static IEnumerable<T> InOrder<T>(IEnumerable<T> grids)
        where T : class, IWaitingGrid =>
        grids
            .Where(grid => grid.Waiting > 0)
            .OrderBy(IsAtLimit)
            .ThenByDescending(grid => grid.Priority)
            .ThenBy(grid => grid.Running)
            .ThenBy(grid => grid.LastServed)
            .ThenBy(grid => grid.SubmittedAt);

    private static bool IsAtLimit<T>(T grid)
        where T : class, IWaitingGrid =>
        grid.Running >= grid.MaxParallel;
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
