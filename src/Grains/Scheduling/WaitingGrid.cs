namespace Experiments.Grains.Scheduling;

/// <summary>One grid's part of the queue.</summary>
internal sealed class WaitingGrid(string name) : IWaitingGrid
{
    private readonly Queue<ExperimentAssignment> _waiting = [];

    public string Name => name;

    /// <summary>Experiments that were taken, and the silo that took each; null where an earlier activation gave it out.</summary>
    public Dictionary<string, SiloAddress?> Taken { get; } = [];

    public int Priority { get; private set; }

    public int? MaxParallel { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    public int Waiting => _waiting.Count;

    public int Running => Taken.Count;

    public long LastServed { get; private set; }

    /// <summary>Takes over what the grid says waits, but for what was taken and has not begun yet.</summary>
    public void Read(QueuedGrid grid)
    {
        (Priority, MaxParallel, SubmittedAt) = (grid.Priority, grid.MaxParallel, grid.SubmittedAt);
        _waiting.Clear();
        foreach (var assignment in grid.Pending.Where(assignment => !Taken.ContainsKey(assignment.ExperimentId)))
        {
            _waiting.Enqueue(assignment);
        }

        foreach (string running in grid.Running)
        {
            Taken.TryAdd(running, null);
        }
    }

    public ExperimentAssignment Take(SiloAddress silo, long turn)
    {
        var assignment = _waiting.Dequeue();
        Taken[assignment.ExperimentId] = silo;
        LastServed = turn;
        return assignment;
    }
}
