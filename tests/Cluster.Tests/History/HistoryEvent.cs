using Experiments.Training.Checkpoints;

namespace Experiments.Cluster.Tests.History;

/// <summary>One change of what the cluster's database holds of an experiment.</summary>
/// <param name="At">By the database server's clock.</param>
internal abstract record HistoryEvent(DateTimeOffset At, string ExperimentId)
{
    /// <summary>The experiment's row was written with another status, or under another lease, than it had.</summary>
    /// <param name="Name">The experiment's in its grid.</param>
    /// <param name="Silo">Who trains it, or trained it last.</param>
    internal sealed record RowWritten(DateTimeOffset At, string ExperimentId, long Lease, string Name, ExperimentStatus Status, string? Silo)
        : HistoryEvent(At, ExperimentId);

    /// <param name="Lease">The one that the experiment's row had in the same transaction.</param>
    internal sealed record EpochCommitted(DateTimeOffset At, string ExperimentId, long Lease, EpochMetrics Metrics) : HistoryEvent(At, ExperimentId);

    internal sealed record EpochOverwritten(DateTimeOffset At, string ExperimentId, EpochMetrics Metrics) : HistoryEvent(At, ExperimentId);

    internal sealed record EpochRemoved(DateTimeOffset At, string ExperimentId, EpochMetrics Metrics) : HistoryEvent(At, ExperimentId);

    /// <param name="Sha256">Of its bytes.</param>
    internal sealed record CheckpointStored(DateTimeOffset At, string ExperimentId, string Name, TrainingPosition Position, string Sha256)
        : HistoryEvent(At, ExperimentId);

    internal sealed record CheckpointRemoved(DateTimeOffset At, string ExperimentId, string Name) : HistoryEvent(At, ExperimentId);
}
