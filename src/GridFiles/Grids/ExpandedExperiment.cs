using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>An experiment as it is trained.</summary>
/// <param name="Definition">Its name, variant and configuration.</param>
/// <param name="Plan">Where it comes from.</param>
/// <param name="Combination">A choice of each axis.</param>
internal sealed record ExpandedExperiment(ExperimentDefinition Definition, ExperimentPlan Plan, ImmutableArray<Choice> Combination)
{
    /// <summary>Where the value of a key was written; null where it is the default.</summary>
    public Place? PlaceOf(string key) => ChoiceOf(key)?.Place;

    /// <summary>What decided the value of a key; null where it is the default.</summary>
    public Choice? ChoiceOf(string key) =>
        Plan.Pinned.LastOrDefault(choice => choice.Sets.Contains(key))
        ?? Combination.LastOrDefault(choice => choice.Sets.Contains(key))
        ?? Plan.Values.LastOrDefault(choice => choice.Sets.Contains(key));

    /// <summary>Where a layer was changed, or written; null where nobody says anything of the model.</summary>
    /// <param name="index">In the model, from 0.</param>
    public Place? PlaceOfLayer(int index)
    {
        string keys = LayerSettings.KeyOf(Plan.Model.Base.Layers[index].Name, "");
        return ((IEnumerable<Choice>)[.. Plan.Values, .. Combination, .. Plan.Pinned]).LastOrDefault(choice => choice.Key.StartsWith(keys, StringComparison.Ordinal))?.Place
            ?? (Plan.Model.LayerPlaces.IsEmpty ? Plan.Model.Place : Plan.Model.LayerPlaces[index]);
    }

    public bool IsOfMatrix(string key) => Combination.Any(choice => choice.Sets.Contains(key));

    /// <summary>The configuration but for its seed: the same for all experiments of a variant.</summary>
    public ExperimentConfig WithoutSeed => WithoutSeedOf(Definition.Config);

    public static ExperimentConfig WithoutSeedOf(ExperimentConfig config) => config with { Training = config.Training with { Seed = 0 } };
}
