namespace Experiments.Grains.Storage;

/// <summary>A checkpoint's content is not what was written; the one before it may still be whole.</summary>
[GenerateSerializer, Alias("Experiments.DamagedCheckpointException")]
public sealed class DamagedCheckpointException(string experimentId, string name, string difference)
    : Exception($"Checkpoint '{name}' of experiment '{experimentId}' is damaged: {difference}. It cannot be used; continue from an earlier one.");
