using System.Collections.Immutable;

namespace Experiments.Dashboard.Grids;

/// <summary>Grids in the order of submission.</summary>
/// <param name="NextCursor">Asks for the grids that follow; null at the end.</param>
internal sealed record PageOfGrids(ImmutableArray<GridOverview> Grids, string? NextCursor);

/// <summary>Experiments in the order of the grid file.</summary>
/// <param name="NextCursor">Asks for the experiments that follow; null at the end.</param>
internal sealed record PageOfExperiments(ImmutableArray<ExperimentRow> Experiments, string? NextCursor);
