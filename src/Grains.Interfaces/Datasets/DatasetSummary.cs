using System.Collections.Immutable;

namespace Experiments;

/// <summary>What a dataset holds, and how a split divides it.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.DatasetSummary")]
public sealed record DatasetSummary
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>Of the content, in lower-case hexadecimal.</summary>
    [Id(1)] public required string Sha256 { get; init; }

    [Id(2)] public required ImageSize ImageSize { get; init; }

    /// <summary>Names by label.</summary>
    [Id(3)] public required ImmutableArray<string> Classes { get; init; }

    /// <summary>Number of images trained on, by label.</summary>
    [Id(4)] public required ImmutableArray<int> Train { get; init; }

    /// <summary>Number of images kept for validation, by label.</summary>
    [Id(5)] public required ImmutableArray<int> Validation { get; init; }

    /// <summary>Number of test images, by label.</summary>
    [Id(6)] public required ImmutableArray<int> Test { get; init; }
}
