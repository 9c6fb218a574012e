using System.Collections.Immutable;

namespace Experiments.Dashboard.Datasets;

/// <summary>A way in which experiments of a grid divide the training images.</summary>
/// <param name="Number">From 1, in the order in which the grid file first has them.</param>
/// <param name="Validation">Share of the training images kept for validation.</param>
/// <param name="Seed">Of the shuffling before.</param>
/// <param name="Experiments">How many divide them so.</param>
internal sealed record GridSplit(int Number, double Validation, uint Seed, int Experiments)
{
    public static ImmutableArray<GridSplit> AllOf(GridDefinition definition) =>
        [.. definition.Experiments.GroupBy(experiment => experiment.Config.Split).Select((same, index) => new GridSplit(index + 1, same.Key.Validation, same.Key.Seed, same.Count()))];

    public SplitConfig ToConfig() => new() { Validation = Validation, Seed = Seed };
}
