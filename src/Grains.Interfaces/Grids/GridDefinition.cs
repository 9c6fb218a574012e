using System.Collections.Immutable;

namespace Experiments;

/// <summary>A grid as it resolves: defaults filled in and every matrix expanded. Two files that resolve alike are the same grid.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.GridDefinition")]
public sealed record GridDefinition
{
    /// <summary>Unique in its storage or cluster; <c>[A-Za-z0-9][A-Za-z0-9._=+-]{0,99}</c>.</summary>
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required DatasetReference Dataset { get; init; }

    /// <summary>In the order of the file; names are unique.</summary>
    [Id(2)] public required ImmutableArray<ExperimentDefinition> Experiments { get; init; }

    /// <summary>−100 to 100; higher goes first.</summary>
    [Id(3)] public int Priority { get; init; }

    /// <summary>How many of its experiments may train at once, from 1; null for no limit.</summary>
    [Id(4)] public int? MaxParallel { get; init; }

    /// <summary>Attempts in a row, ended by a crash or a lost silo without getting any further, after which an experiment fails; 1 to 100.</summary>
    [Id(5)] public int MaxAttempts { get; init; } = 3;
}

[GenerateSerializer, Immutable, Alias("Experiments.ExperimentDefinition")]
public sealed record ExperimentDefinition
{
    /// <summary>Unique in its grid; <c>[A-Za-z0-9][A-Za-z0-9._=+-]{0,99}</c>.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The name shared by experiments that differ in nothing but their seed.</summary>
    [Id(1)] public required string Variant { get; init; }

    [Id(2)] public required ExperimentConfig Config { get; init; }
}
