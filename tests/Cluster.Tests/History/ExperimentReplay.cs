using Experiments.Training.Checkpoints;

namespace Experiments.Cluster.Tests.History;

/// <summary>One experiment as its changes made it, from the first on, with what was wrong on the way.</summary>
internal sealed class ExperimentReplay
{
    private readonly Dictionary<string, TrainingPosition> _checkpoints = [];
    private readonly List<HistoryEvent.CheckpointStored> _stored = [];
    private readonly Dictionary<int, HistoryEvent.CheckpointStored> _ofEpoch = [];
    private long _lease;

    public List<string> Faults { get; } = [];

    public List<EpochMetrics> Committed { get; } = [];

    public ExperimentStatus Status { get; private set; }

    public void Apply(HistoryEvent change)
    {
        switch (change)
        {
            case HistoryEvent.RowWritten row:
                Hold(row.Lease, "its row was written");
                Status = row.Status;
                break;
            case HistoryEvent.EpochCommitted epoch:
                Commit(epoch);
                break;
            case HistoryEvent.EpochOverwritten epoch:
                Faults.Add($"the committed epoch {epoch.Metrics.Epoch} was overwritten.");
                break;
            case HistoryEvent.EpochRemoved epoch:
                Faults.Add($"the committed epoch {epoch.Metrics.Epoch} was removed.");
                Committed.RemoveAll(committed => committed.Epoch == epoch.Metrics.Epoch);
                break;
            case HistoryEvent.CheckpointStored checkpoint:
                Store(checkpoint);
                break;
            case HistoryEvent.CheckpointRemoved checkpoint:
                _checkpoints.Remove(checkpoint.Name);
                break;
        }
    }

    /// <summary>Checkpoints that are not of the history that came to be committed; known only at the end, since a checkpoint goes before its epoch.</summary>
    public IEnumerable<string> StrayCheckpoints() => _stored
        .Where(checkpoint => checkpoint.Position.CompletedEpochs <= Committed.Count
            && checkpoint.Position.HistorySha256 != HistoryHash.Of(Committed.Take(checkpoint.Position.CompletedEpochs)))
        .Select(checkpoint => $"{checkpoint.Name} is of another history than the one that was committed.");

    private void Commit(HistoryEvent.EpochCommitted epoch)
    {
        int number = epoch.Metrics.Epoch;
        Hold(epoch.Lease, $"epoch {number} was committed");
        if (number <= Committed.Count)
        {
            Faults.Add($"epoch {number} was committed twice.");
            return;
        }

        if (number > Committed.Count + 1)
        {
            Faults.Add($"epoch {number} was committed after epoch {Committed.Count}.");
        }

        Committed.Add(epoch.Metrics);

        // Short epochs share the checkpoint of the last of them; whether a later one is of this history shows at the end.
        string history = HistoryHash.Of(Committed);
        if (!_checkpoints.Values.Any(position => position.CompletedEpochs > number || (position.CompletedEpochs == number && position.HistorySha256 == history)))
        {
            Faults.Add($"epoch {number} was committed without a checkpoint of it or of a later one.");
        }
    }

    private void Store(HistoryEvent.CheckpointStored checkpoint)
    {
        _stored.Add(checkpoint);
        _checkpoints[checkpoint.Name] = checkpoint.Position;

        // Between two epochs nothing of a checkpoint depends on time: whoever trains it, the bytes are the same.
        if (checkpoint.Position is { Batch: 0, CompletedEpochs: var epoch }
            && _ofEpoch.TryAdd(epoch, checkpoint) is false && _ofEpoch[epoch].Sha256 != checkpoint.Sha256)
        {
            Faults.Add($"{checkpoint.Name} holds other weights than {_ofEpoch[epoch].Name}, of the same epoch.");
        }
    }

    private void Hold(long lease, string what)
    {
        if (lease < _lease)
        {
            Faults.Add($"{what} under lease {lease}, which lease {_lease} had fenced.");
        }

        _lease = Math.Max(_lease, lease);
    }
}
