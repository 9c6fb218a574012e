namespace Experiments;

/// <summary>A grid was submitted whose data the storage has not, or not any more; nothing was submitted.</summary>
[GenerateSerializer, Alias("Experiments.DatasetMissingException")]
public sealed class DatasetMissingException(string sha256)
    : Exception($"The dataset {sha256} is not in the storage. Submit the grid from a machine that has its files.");
