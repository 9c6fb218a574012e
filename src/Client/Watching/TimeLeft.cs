namespace Experiments.Client.Watching;

/// <summary>How long an experiment has still to train, judged by how far it came since it was first seen training.</summary>
internal sealed class TimeLeft(TimeProvider time)
{
    private readonly Dictionary<string, (long Since, double Epochs)> _seen = [];

    /// <returns>Null while it does not train, or has not come far enough to tell.</returns>
    public TimeSpan? Of(ExperimentRow row)
    {
        if (row.Status != ExperimentStatus.Running)
        {
            _seen.Remove(row.Id);
            return null;
        }

        double epochs = EpochsDone(row);
        if (!_seen.TryGetValue(row.Id, out var first))
        {
            _seen.Add(row.Id, first = (time.GetTimestamp(), epochs));
        }

        double advanced = epochs - first.Epochs;
        return advanced > 0 ? time.GetElapsedTime(first.Since) * ((row.Epochs - epochs) / advanced) : null;
    }

    /// <summary>With the part of the epoch under way.</summary>
    public static double EpochsDone(ExperimentRow row)
    {
        int committed = row.Last?.Epoch ?? 0;
        return row.Progress is { } progress && progress.Epoch > committed
            ? progress.Epoch - 1 + ((double)progress.Batch / progress.Batches)
            : committed;
    }
}
