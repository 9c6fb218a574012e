using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>An experiment as it is trained.</summary>
/// <param name="Definition">Its name, variant and configuration.</param>
/// <param name="Plan">Where it comes from.</param>
/// <param name="Combination">A choice of each axis.</param>
internal sealed record ExpandedExperiment(ExperimentDefinition Definition, ExperimentPlan Plan, ImmutableArray<Choice> Combination)
{
    /// <summary>Where the value of a key was written; null where it is the default.</summary>
    public Place? PlaceOf(string key) =>
        (Plan.Pinned.LastOrDefault(choice => choice.Key == key)
            ?? Combination.LastOrDefault(choice => choice.Key == key)
            ?? Plan.Values.LastOrDefault(choice => choice.Key == key))?.Place;

    /// <summary>The configuration but for its seed: the same for all experiments of a variant.</summary>
    public ExperimentConfig WithoutSeed => WithoutSeedOf(Definition.Config);

    public static ExperimentConfig WithoutSeedOf(ExperimentConfig config) => config with { Training = config.Training with { Seed = 0 } };
}
