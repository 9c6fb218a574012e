using System.Collections.Immutable;

namespace Experiments;

/// <summary>A grid is <c>Running</c> while one of its experiments is pending or running, else <c>Paused</c> if one is, else <c>Failed</c>, else <c>Cancelled</c>, else <c>Completed</c>.</summary>
[GenerateSerializer, Alias("Experiments.GridStatus")]
public enum GridStatus
{
    Running,
    Paused,
    Failed,
    Cancelled,
    Completed,
}

/// <summary>A grid without its experiments; <c>grid</c> in results.json.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.GridOverview")]
public sealed record GridOverview
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required GridStatus Status { get; init; }

    [Id(3)] public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When its last experiment reached a final status; null while one has not.</summary>
    [Id(4)] public DateTimeOffset? CompletedAt { get; init; }

    [Id(5)] public required DatasetReference Dataset { get; init; }

    /// <summary>Number of experiments.</summary>
    [Id(6)] public required int Experiments { get; init; }

    [Id(10)] public required int Pending { get; init; }

    [Id(11)] public required int Running { get; init; }

    [Id(12)] public required int Paused { get; init; }

    [Id(7)] public required int Completed { get; init; }

    [Id(13)] public required int Cancelled { get; init; }

    [Id(8)] public required int Failed { get; init; }

    /// <summary>Sum over the experiments.</summary>
    [Id(14)] public required long EpochsCommitted { get; init; }

    /// <summary>Sum over the experiments of the epochs that each is to train in all, those committed included; of one that is completed, which may have ended early, those alone.</summary>
    [Id(15)] public required long EpochsToTrain { get; init; }

    /// <summary>
    /// The highest that an experiment has at its best epoch, which is the one of its lowest validation loss unless it monitors the accuracy; null before the first epoch.
    /// An experiment whose last epoch was stored by a version that did not tell this accuracy is left out.
    /// </summary>
    [Id(16)] public double? BestValidationAccuracy { get; init; }

    /// <summary>The highest that an experiment has after the last epoch it has committed; null before the first epoch.</summary>
    [Id(17)] public double? LastValidationAccuracy { get; init; }

    /// <summary>What people wrote about it; null where that is nothing.</summary>
    [Id(18)] public Annotation? Annotation { get; init; }

    /// <summary>Bytes that its checkpoints and predictions take in the storage; null where only progress was asked for.</summary>
    [Id(9)] public long? StoredBytes { get; init; }
}

/// <summary>One experiment as a line of its grid: small enough that ten thousand travel in one message.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentRow")]
public sealed record ExperimentRow
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required string Variant { get; init; }

    [Id(3)] public required ExperimentStatus Status { get; init; }

    [Id(4)] public string? Error { get; init; }

    [Id(5)] public string? Silo { get; init; }

    /// <summary>Epochs to train, at most: it may end early.</summary>
    [Id(6)] public required int Epochs { get; init; }

    /// <summary>The last epoch committed; null before the first.</summary>
    [Id(7)] public EpochMetrics? Last { get; init; }

    [Id(8)] public BestEpoch? Best { get; init; }

    [Id(9)] public TestMetrics? Test { get; init; }

    [Id(10)] public BatchProgress? Progress { get; init; }

    /// <summary>Of training, over all epochs committed; null where a version that did not tell them has stored the line.</summary>
    [Id(13)] public double? Seconds { get; init; }

    /// <summary>When it reached a final status.</summary>
    [Id(11)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What people wrote about it; null where that is nothing.</summary>
    [Id(12)] public Annotation? Annotation { get; init; }
}

/// <summary>A grid and a line for each of its experiments, in the order of the grid file.</summary>
/// <param name="Version">Grows with every change of the grid as one activation of its grain sees it.</param>
[GenerateSerializer, Immutable, Alias("Experiments.GridSnapshot")]
public sealed record GridSnapshot(
    [property: Id(0)] GridOverview Grid,
    [property: Id(1)] ImmutableArray<ExperimentRow> Experiments,
    [property: Id(2)] long Version);

/// <summary>A grid with all that is known of its experiments: what results.json holds.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.GridResults")]
public sealed record GridResults(
    [property: Id(0)] GridOverview Grid,
    [property: Id(1)] ImmutableArray<ExperimentSnapshot> Experiments);
