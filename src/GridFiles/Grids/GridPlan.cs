using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A grid as its file says it, before its matrices are expanded.</summary>
/// <param name="Grid">Without experiments.</param>
/// <param name="Experiments">In the order of the file.</param>
/// <param name="Dataset">Where the dataset is named.</param>
/// <param name="Split">Where the defaults of <c>split</c> apply.</param>
/// <param name="Training">Where the defaults of <c>training</c> apply.</param>
internal sealed record GridPlan(GridDefinition Grid, ImmutableArray<ExperimentPlan> Experiments, Place Dataset, Place Split, Place Training);
