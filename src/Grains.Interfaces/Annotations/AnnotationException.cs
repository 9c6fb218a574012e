using System.Collections.Immutable;

namespace Experiments;

/// <summary>Tags or a note cannot be kept; nothing is changed.</summary>
/// <param name="faults">All that is wrong, each a sentence with the remedy, for people.</param>
[GenerateSerializer, Alias("Experiments.AnnotationException")]
public sealed class AnnotationException(ImmutableArray<string> faults) : Exception(string.Join(' ', faults))
{
    [Id(0)] public ImmutableArray<string> Faults { get; } = faults;
}
