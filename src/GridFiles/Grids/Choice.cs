using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A value chosen for a key of an experiment.</summary>
/// <param name="Key">In full, such as <c>dropout.dense</c>.</param>
/// <param name="Text">In its shortest form, for names.</param>
/// <param name="Place">Where it was written.</param>
/// <param name="Set">Puts it into a configuration.</param>
internal sealed record Choice(string Key, string Text, Place Place, Func<ExperimentConfig, ExperimentConfig> Set);

/// <summary>A key of a matrix, and the values that it takes in turn.</summary>
internal sealed record Axis(string Key, Place Place, ImmutableArray<Choice> Choices);

/// <summary>An experiment of the file, before its matrix is expanded.</summary>
/// <param name="Name">As written.</param>
/// <param name="Place">Of the name.</param>
/// <param name="Values">The grid's and its own, the later ones over the earlier.</param>
/// <param name="Matrix">Its own keys and then the grid's, in the order of the file.</param>
/// <param name="Pinned">What the command line says; it goes over everything.</param>
internal sealed record ExperimentPlan(string Name, Place Place, ImmutableArray<Choice> Values, ImmutableArray<Axis> Matrix, ImmutableArray<Choice> Pinned);

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
}
