namespace Experiments.Grains.Scheduling;

/// <summary>One grid's part of the queue.</summary>
/// <param name="clock">Gives monotonic time.</param>
internal sealed class WaitingGrid(string name, TimeProvider clock) : IWaitingGrid
{
    private readonly Queue<string> _waiting = [];
    private readonly Dictionary<string, long?> _taken = [];

    public string Name => name;

    /// <summary>Held while the grid is asked: answers that overtook each other would leave the older one standing.</summary>
    public SemaphoreSlim Asking { get; } = new(1);

    /// <summary>How often the grid was wanted to be asked.</summary>
    public long Wanted { get; set; }

    /// <summary>The last of the <see cref="Wanted"/> whose answer is here.</summary>
    public long Answered { get; set; }

    public int Priority { get; private set; }

    public int? MaxParallel { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    public int Waiting => _waiting.Count;

    public int Running => _taken.Count;

    public long LastServed { get; private set; }

    /// <summary>Takes over what the grid says waits, but for what was taken and has not begun yet.</summary>
    public void Read(QueuedGrid grid)
    {
        (Priority, MaxParallel, SubmittedAt) = (grid.Priority, grid.MaxParallel, grid.SubmittedAt);
        foreach (string running in grid.Running)
        {
            _taken.TryAdd(running, null);
        }

        _waiting.Clear();
        foreach (string pending in grid.Pending.Where(id => !_taken.ContainsKey(id)))
        {
            _waiting.Enqueue(pending);
        }
    }

    public QueuedExperiment Take(long turn)
    {
        string id = _waiting.Dequeue();
        _taken[id] = clock.GetTimestamp();
        LastServed = turn;
        return new QueuedExperiment(name, id);
    }

    public void Return(string experimentId) => _taken.Remove(experimentId);

    /// <summary>Experiments taken at least so long ago, or before this activation of the queue.</summary>
    public IEnumerable<string> TakenFor(TimeSpan time) =>
        _taken.Where(taken => taken.Value is not { } since || clock.GetElapsedTime(since) >= time).Select(taken => taken.Key);
}
