namespace Experiments.Reports;

/// <summary>How long experiments and grids have still to train, judged by how far each came since it was first seen training.</summary>
public sealed class TimeLeft(TimeProvider time)
{
    private readonly Dictionary<string, (long Since, double Epochs)> _seen = [];

    /// <returns>Null while it does not train, or has not come far enough to tell.</returns>
    public TimeSpan? Of(ExperimentRow row) => Judge(row.Id, row.Status == ExperimentStatus.Running, EpochsDone(row), row.Epochs);

    /// <inheritdoc cref="Of(ExperimentRow)"/>
    public TimeSpan? Of(GridOverview grid) => Judge(grid.Id, grid.Status == GridStatus.Running, grid.EpochsCommitted, grid.EpochsToTrain);

    /// <summary>With the part of the epoch under way.</summary>
    public static double EpochsDone(ExperimentRow row)
    {
        int committed = row.Last?.Epoch ?? 0;
        return row.Progress is { } progress && progress.Epoch > committed
            ? progress.Epoch - 1 + ((double)progress.Batch / progress.Batches)
            : committed;
    }

    private TimeSpan? Judge(string id, bool isRunning, double done, double epochs)
    {
        if (!isRunning)
        {
            _seen.Remove(id);
            return null;
        }

        if (!_seen.TryGetValue(id, out var first))
        {
            _seen.Add(id, first = (time.GetTimestamp(), done));
        }

        double advanced = done - first.Epochs;
        return advanced > 0 ? time.GetElapsedTime(first.Since) * ((epochs - done) / advanced) : null;
    }
}
