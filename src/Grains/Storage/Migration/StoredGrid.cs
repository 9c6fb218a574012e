namespace Experiments.Grains.Storage.Migration;

/// <summary>A grid of a local storage, as a user lists it, and how much is stored of it.</summary>
public sealed record StoredGrid
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    /// <summary>How many of its experiments wait for a slot, or were trained when the last process ended.</summary>
    public required int Unfinished { get; init; }

    public required long Epochs { get; init; }

    public required long Checkpoints { get; init; }

    /// <summary>Of the checkpoints.</summary>
    public required long Bytes { get; init; }

    public required GridDefinition Definition { get; init; }
}
