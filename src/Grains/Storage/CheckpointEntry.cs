namespace Experiments.Grains.Storage;

/// <summary>A stored checkpoint without its content.</summary>
/// <param name="Bytes">Length of the content.</param>
public sealed record CheckpointEntry(string Name, long Bytes, DateTimeOffset CreatedAt);
