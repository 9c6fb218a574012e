using System.Collections.Immutable;

namespace Experiments;

/// <summary>A grid of the same name exists and differs in a way that would change its results.</summary>
[GenerateSerializer, Alias("Experiments.GridConflictException")]
public sealed class GridConflictException(string name, ImmutableArray<string> differences)
    : Exception($"Grid '{name}' exists and differs: {string.Join("; ", differences)}. Give the changed grid another name.")
{
    [Id(0)] public ImmutableArray<string> Differences { get; } = differences;
}
