namespace Experiments.Grains.Experiments;

/// <summary>What an experiment grain persists; its epoch history is in the experiment store, its weights in the checkpoint store.</summary>
[GenerateSerializer, Alias("Experiments.Grains.ExperimentState")]
internal sealed class ExperimentState
{
    [Id(0)] public ExperimentAssignment? Assignment { get; set; }

    [Id(1)] public ExperimentStatus Status { get; set; }

    /// <summary>Number of the last lease given; 0 before the first.</summary>
    [Id(2)] public long Lease { get; set; }

    [Id(3)] public int Attempts { get; set; }

    /// <summary>Attempts since the last that got further which have not stopped cleanly, the one under way included.</summary>
    [Id(4)] public int AttemptsWithoutEpoch { get; set; }

    /// <summary>Epochs that were committed when the last attempt began.</summary>
    [Id(5)] public int EpochsAtStart { get; set; }

    /// <summary>Who holds the lease, or held it last.</summary>
    [Id(6)] public SlotIdentity? Slot { get; set; }

    [Id(7)] public string? Error { get; set; }

    [Id(8)] public TestEvaluation? Evaluation { get; set; }

    [Id(9)] public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether the slot of the last lease, since when the experiment was paused or cancelled, has still to end its attempt.</summary>
    [Id(10)] public bool IsStopping { get; set; }

    /// <summary>The question by which a verb last changed it.</summary>
    [Id(11)] public Guid? ChangedBy { get; set; }

    /// <summary>Empty where a version wrote the state that kept none.</summary>
    [Id(12)] public Journal Journal { get; set; } = new();

    /// <summary>Root of its <see cref="Telemetry.ExperimentTrace"/>, as W3C's traceparent; null where nobody has traced it.</summary>
    [Id(13)] public string? Trace { get; set; }

    /// <summary>The last lease's part of it.</summary>
    [Id(14)] public string? LeaseTrace { get; set; }

    /// <summary>Since when it waits for a slot, or did last; null before it has gone on for the first time.</summary>
    [Id(15)] public DateTimeOffset? PendingSince { get; set; }

    /// <summary>Of all its attempts; null before the first, and where a version wrote the state that kept only the last slot's.</summary>
    [Id(16)] public TrainingEnvironment? Environment { get; set; }
}
