namespace Experiments;

/// <summary>There is no room left for a write. Nothing of it was written, and what was written before is intact.</summary>
[GenerateSerializer, Alias("Experiments.StorageFullException")]
public sealed class StorageFullException(string storage, Exception cause)
    : Exception($"No space left to write to '{storage}'. Free some space on its device; what was written before is intact.", cause);
