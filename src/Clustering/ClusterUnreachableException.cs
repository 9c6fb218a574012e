namespace Experiments.Clustering;

/// <summary>No silo answers.</summary>
public sealed class ClusterUnreachableException(string message, Exception? cause) : Exception(message, cause);
