using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>An experiment of the file, before its matrix is expanded.</summary>
/// <param name="Name">As written.</param>
/// <param name="Place">Of the name.</param>
/// <param name="Values">The grid's and its own, the later ones over the earlier.</param>
/// <param name="Matrix">Its own keys and then the grid's, in the order of the file.</param>
/// <param name="Pinned">What the command line says; it goes over everything.</param>
internal sealed record ExperimentPlan(string Name, Place Place, ImmutableArray<Choice> Values, ImmutableArray<Axis> Matrix, ImmutableArray<Choice> Pinned)
{
    public ModelPlan Model { get; init; } = ModelPlan.BuiltIn;
}
