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
