namespace Experiments;

/// <summary>The storage cannot be opened or written; the message names it and the remedy.</summary>
[GenerateSerializer, Alias("Experiments.StorageUnavailableException")]
public sealed class StorageUnavailableException(string message, Exception? cause) : Exception(message, cause);
