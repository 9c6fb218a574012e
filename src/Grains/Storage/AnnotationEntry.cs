namespace Experiments.Grains.Storage;

/// <summary>What people wrote about one experiment, or about its grid.</summary>
/// <param name="ExperimentId">Null for the grid itself.</param>
public sealed record AnnotationEntry(string? ExperimentId, Annotation Annotation);
