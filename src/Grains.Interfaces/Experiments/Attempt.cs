namespace Experiments;

/// <summary>One slot's training of an experiment, from its lease to the end of that.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.Attempt")]
public sealed record Attempt
{
    /// <summary>Number of the lease: the first attempt has 1, and each one more than the one before.</summary>
    [Id(0)] public required long Lease { get; init; }

    /// <summary>The silo of the slot.</summary>
    [Id(1)] public required string Silo { get; init; }

    [Id(2)] public required DateTimeOffset From { get; init; }

    /// <summary>When it ended, or when it was noticed that it had; null while a slot trains.</summary>
    [Id(3)] public DateTimeOffset? To { get; init; }

    /// <summary>Epochs that were committed when it began.</summary>
    [Id(4)] public required int EpochsBefore { get; init; }

    /// <summary>Epochs that were committed when it ended, or are now.</summary>
    [Id(5)] public required int EpochsAfter { get; init; }

    /// <summary>Why it ended; null while a slot trains.</summary>
    [Id(6)] public AttemptOutcome? Outcome { get; init; }

    /// <summary>What it failed or paused of; null where there was no error.</summary>
    [Id(7)] public string? Error { get; init; }
}

[GenerateSerializer, Alias("Experiments.AttemptOutcome")]
public enum AttemptOutcome
{
    /// <summary>The experiment was trained to its end and evaluated.</summary>
    Completed,

    /// <summary>A user paused the experiment.</summary>
    Paused,

    /// <summary>A user cancelled the experiment.</summary>
    Cancelled,

    /// <summary>The silo was stopped; another slot goes on.</summary>
    SiloStopped,

    /// <summary>The silo crashed, was killed or was cut off from the cluster; another slot goes on.</summary>
    SiloLost,

    /// <summary>The silo lives, but nothing was heard of the slot for too long; another one goes on.</summary>
    SlotSilent,

    /// <summary>The thread that trained gave no sign any more; another one goes on.</summary>
    Hung,

    /// <summary>An error of the experiment's own, which fails.</summary>
    Failed,

    /// <summary>The storage had no room left: the experiment is paused.</summary>
    StorageFull,
}
