using System.Collections.Immutable;

namespace Experiments;

/// <summary>What a slot is to train, as the experiment's grid has it when a lease is given.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.ExperimentAssignment")]
public sealed record ExperimentAssignment
{
    [Id(0)] public required string ExperimentId { get; init; }

    [Id(1)] public required string GridName { get; init; }

    [Id(2)] public required string GridId { get; init; }

    [Id(3)] public required ExperimentDefinition Definition { get; init; }

    [Id(4)] public required DatasetReference Dataset { get; init; }

    [Id(5)] public required int MaxAttempts { get; init; }

    /// <summary>When the experiment was submitted; null where an earlier version wrote it.</summary>
    [Id(6)] public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The submit that brought it, as W3C's traceparent; null where nobody traced it.</summary>
    [Id(7)] public string? SubmitTrace { get; init; }
}

/// <summary>An experiment that the queue gives to a slot, which then asks the experiment for a lease.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.QueuedExperiment")]
public sealed record QueuedExperiment([property: Id(0)] string GridName, [property: Id(1)] string ExperimentId);

/// <summary>A grid as the queue sees it.</summary>
/// <param name="Pending">Ids of the experiments that wait for a slot, in the order of the grid file.</param>
/// <param name="Running">Ids of the experiments that slots train, or trained when last heard of.</param>
[GenerateSerializer, Immutable, Alias("Experiments.QueuedGrid")]
public sealed record QueuedGrid(
    [property: Id(0)] string GridName,
    [property: Id(1)] int Priority,
    [property: Id(2)] int? MaxParallel,
    [property: Id(3)] DateTimeOffset SubmittedAt,
    [property: Id(4)] ImmutableArray<string> Pending,
    [property: Id(5)] ImmutableArray<string> Running);
