using System.Collections.Immutable;
using Experiments.GridFiles;

namespace Experiments.Dashboard.Submitting;

/// <summary>A text that is to become a grid.</summary>
/// <param name="Definition">What would be submitted; null where there are faults.</param>
/// <param name="Faults">All that is wrong with the text and, where that is nothing, with what it asks of its data.</param>
public sealed record GridDraft(GridDefinition? Definition, ImmutableArray<GridFault> Faults)
{
    public static GridDraft Of(GridDefinition definition) => new(definition, []);

    public static GridDraft Of(GridFileException exception) => new(null, exception.Faults);

    /// <summary>Sum over the experiments.</summary>
    public long Epochs => Definition?.Experiments.Sum(experiment => (long)experiment.Config.Training.Epochs) ?? 0;

    /// <summary>Those keys in which experiments differ, in the order of the grid file.</summary>
    public ImmutableArray<ConfigKey> VariedKeys => Definition is { Experiments: var experiments }
        ? ConfigKey.Varied([.. experiments.Select(experiment => experiment.Config)])
        : [];
}
