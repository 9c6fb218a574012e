using System.Collections.Immutable;

namespace Experiments;

/// <summary>The right of one slot to train one experiment, until a lease of a higher number is given.</summary>
/// <param name="Number">From 1; fences every lower number.</param>
/// <param name="History">The epochs committed so far.</param>
/// <param name="Trace">What the slot's work belongs to, as W3C's traceparent; null where nobody traces it.</param>
[GenerateSerializer, Immutable, Alias("Experiments.Lease")]
public sealed record Lease(
    [property: Id(0)] long Number,
    [property: Id(1)] ExperimentAssignment Assignment,
    [property: Id(2)] ImmutableArray<EpochMetrics> History,
    [property: Id(3)] string? Trace = null);

/// <summary>What a slot is to do after a report.</summary>
[GenerateSerializer, Alias("Experiments.LeaseAnswer")]
public enum LeaseAnswer
{
    Continue,

    /// <summary>The experiment is paused or cancelled: stop at the next batch, store a checkpoint, and end the attempt.</summary>
    Stop,

    /// <summary>The lease has ended: stop, and report nothing more.</summary>
    Lost,
}

/// <summary>Why an attempt ended without completing its experiment.</summary>
[GenerateSerializer, Alias("Experiments.AttemptEndReason")]
public enum AttemptEndReason
{
    /// <summary>The silo stops; the checkpoint is stored, and another slot goes on.</summary>
    Stopped,

    /// <summary>An error of the experiment's own, which a further attempt would meet again.</summary>
    Failed,

    /// <summary>The storage has no room left: the experiment waits for a resume.</summary>
    StorageFull,

    /// <summary>The thread that trains gives no sign any more: as a crash, which a further attempt may not meet.</summary>
    Hung,
}

/// <param name="Error">For people; null where there is none.</param>
/// <param name="ErrorType">What the error is one of, such as the name of its exception, for those who count; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("Experiments.AttemptEnd")]
public sealed record AttemptEnd(
    [property: Id(0)] AttemptEndReason Reason, [property: Id(1)] string? Error, [property: Id(2)] string? ErrorType = null);

/// <summary>Who trains.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.SlotIdentity")]
public sealed record SlotIdentity([property: Id(0)] SiloAddress Silo, [property: Id(1)] TrainingEnvironment Environment);
