using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A value chosen for a key of an experiment.</summary>
/// <param name="Key">In full, such as <c>dropout.dense</c>.</param>
/// <param name="Text">In its shortest form, for names.</param>
/// <param name="Place">Where it was written.</param>
/// <param name="Set">Puts it into a configuration.</param>
internal sealed record Choice(string Key, string Text, Place Place, Func<ExperimentConfig, ExperimentConfig> Set)
{
    /// <summary>The keys of single values that it decides.</summary>
    public ImmutableArray<string> Sets { get; init; } = [Key];

    public static Choice Of(Setting<ExperimentConfig> setting, Setting<ExperimentConfig>.Parsed parsed, Place place) =>
        new(setting.Key, parsed.Text, place, parsed.Set) { Sets = setting.Sets };
}

/// <summary>A key of a matrix, and the values that it takes in turn.</summary>
internal sealed record Axis(string Key, Place Place, ImmutableArray<Choice> Choices)
{
    /// <summary>The keys of single values that it decides.</summary>
    public ImmutableArray<string> Sets { get; init; } = [Key];

    public bool Covers(Axis other) => other.Sets.All(key => Sets.Contains(key));
}
