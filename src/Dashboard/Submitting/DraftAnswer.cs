using System.Collections.Immutable;

namespace Experiments.Dashboard.Submitting;

/// <summary>What a grid file comes to.</summary>
/// <param name="Grid">Its name; null where the file has faults.</param>
/// <param name="Experiments">How many it comes to.</param>
/// <param name="Epochs">Sum over the experiments.</param>
/// <param name="First">The first of them, with the keys in which experiments differ.</param>
/// <param name="Effect">What submitting it now would come to, in a sentence; null where it has faults.</param>
/// <param name="Differences">Why no such grid can be submitted under the name that it has; empty where it can.</param>
/// <param name="Faults">All that is wrong with the file.</param>
internal sealed record DraftAnswer(
    string? Grid, int Experiments, long Epochs, ImmutableArray<DraftExperiment> First, string? Effect, ImmutableArray<string> Differences, ImmutableArray<DraftFault> Faults)
{
    public const int MostShown = 20;

    public static DraftAnswer Of(GridDraft draft, SubmitEffect? effect) => new(
        draft.Definition?.Name,
        draft.Definition?.Experiments.Length ?? 0,
        draft.Epochs,
        draft.Definition is { } grid ? [.. grid.Experiments.Take(MostShown).Select(experiment => DraftExperiment.Of(experiment, draft.VariedKeys))] : [],
        effect?.Sentence,
        effect?.Differences ?? [],
        DraftFault.Of(draft));
}

/// <param name="Values">By the keys of the grid file, of which an experiment may lack some.</param>
internal sealed record DraftExperiment(string Name, ImmutableDictionary<string, string> Values)
{
    public static DraftExperiment Of(ExperimentDefinition experiment, ImmutableArray<ConfigKey> keys) =>
        new(
            experiment.Name,
            keys.Where(key => key.Text(experiment.Config) is not null).ToImmutableDictionary(key => key.Name, key => key.Text(experiment.Config)!));
}

/// <param name="Line">From 1; null where it is the whole file's.</param>
/// <param name="Column">From 1, in UTF-16 units; null where there is no line.</param>
internal sealed record DraftFault(int? Line, int? Column, string Message)
{
    public static ImmutableArray<DraftFault> Of(GridDraft draft) => [.. draft.Faults.Select(fault => new DraftFault(fault.Line, fault.Column, fault.Message))];
}
