using System.Collections.Concurrent;

namespace Experiments.Dashboard.Live;

/// <summary>How long grids have still to train, judged by the epochs committed since each was first seen.</summary>
internal sealed class GridPace(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long Since, long Epochs)> _seen = new(StringComparer.Ordinal);

    /// <returns>Null while it does not train, or has committed nothing since it was first seen.</returns>
    public TimeSpan? Left(GridOverview grid)
    {
        if (grid.Status != GridStatus.Running)
        {
            _seen.TryRemove(grid.Id, out _);
            return null;
        }

        var (since, epochs) = _seen.GetOrAdd(grid.Id, _ => (time.GetTimestamp(), grid.EpochsCommitted));
        long advanced = grid.EpochsCommitted - epochs;
        return advanced > 0 ? time.GetElapsedTime(since) * ((double)(grid.EpochsToTrain - grid.EpochsCommitted) / advanced) : null;
    }
}
