namespace Experiments;

/// <summary>A silo cannot read a dataset: its files or its stored content are missing, damaged or others. The message says where, and what to do.</summary>
[GenerateSerializer, Alias("Experiments.DatasetUnreadableException")]
public sealed class DatasetUnreadableException(string message) : Exception(message);
