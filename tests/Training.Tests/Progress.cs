using Experiments.Training.Checkpoints;

namespace Experiments.Training.Tests;

/// <summary>Remembers what a training tells, and stops it where asked.</summary>
internal sealed class Progress : ITrainingProgress, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public CancellationToken Stop => _stop.Token;

    /// <summary>Stop after this many batches.</summary>
    public int StopAfterBatch { get; init; } = int.MaxValue;

    /// <summary>Stop after this epoch.</summary>
    public int StopAfterEpoch { get; init; } = int.MaxValue;

    public List<BatchProgress> Batches { get; } = [];

    public List<EpochMetrics> History { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    /// <summary>Take the checkpoint offered after each batch.</summary>
    public bool TakesOffers { get; init; }

    public List<Checkpoint> Taken { get; } = [];

    public void BatchTrained(BatchProgress progress)
    {
        Batches.Add(progress);
        if (Batches.Count == StopAfterBatch)
            _stop.Cancel();
    }

    public void CheckpointOffered(Func<Checkpoint> checkpoint)
    {
        if (TakesOffers)
            Taken.Add(checkpoint());
    }

    public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint)
    {
        History.Add(metrics);
        Checkpoints.Add(checkpoint);
        if (metrics.Epoch == StopAfterEpoch)
            _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
