using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Experiments.Dashboard.Live;

/// <summary>A grid as it was last heard of.</summary>
/// <param name="Rows">A line for each experiment, in the order of the grid file.</param>
/// <param name="Numbers">Of each experiment's id, its place in the grid, from 1.</param>
/// <param name="Configs">What each experiment trains, by its name.</param>
/// <param name="VariedKeys">Those keys of the configuration in which experiments differ, in the order of the grid file.</param>
/// <param name="Definition">What was submitted.</param>
/// <param name="Version">Of the grid's grain, for the next question.</param>
/// <param name="ChangedAt">When the last change was heard of.</param>
public sealed record GridView(
    GridOverview Grid,
    ImmutableArray<ExperimentRow> Rows,
    FrozenDictionary<string, int> Numbers,
    GridDefinition Definition,
    FrozenDictionary<string, ExperimentConfig> Configs,
    ImmutableArray<ConfigKey> VariedKeys,
    long Version,
    DateTimeOffset ChangedAt)
{
    /// <returns>Null where the grid has no experiment of this id or name.</returns>
    public ExperimentRow? Find(string idOrName) => Rows.FirstOrDefault(row => row.Id == idOrName) ?? Rows.FirstOrDefault(row => row.Name == idOrName);
}
