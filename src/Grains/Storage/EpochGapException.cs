namespace Experiments.Grains.Storage;

/// <summary>An epoch was reported whose predecessor is not committed; nothing of it was written.</summary>
[GenerateSerializer, Alias("Experiments.EpochGapException")]
public sealed class EpochGapException(string experimentId, int epoch, int lastCommitted)
    : Exception($"Epoch {epoch} of experiment '{experimentId}' cannot be committed: the last committed epoch is {lastCommitted}. Report epoch {lastCommitted + 1} first.");
