using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>An experiment of a file that is to be written.</summary>
/// <param name="Matrix">Its own keys and then the grid's; empty where it is one experiment.</param>
/// <param name="Config">What its experiments have in common, whatever its matrix says in place of it.</param>
internal sealed record WrittenPlan(string Name, ImmutableArray<WrittenAxis> Matrix, ExperimentConfig Config)
{
    public bool IsAxis(string key) => Matrix.Any(axis => ConfigText.Covers(axis.Key, key));
}

/// <param name="Values">In their shortest form.</param>
internal sealed record WrittenAxis(string Key, ImmutableArray<string> Values)
{
    public bool Equals(WrittenAxis? other) => other is not null && Key == other.Key && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Key, Values.Length);
}
