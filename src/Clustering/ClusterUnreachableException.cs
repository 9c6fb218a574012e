namespace Experiments.Clustering;

/// <summary>No silo answers, or the database that they share cannot be used.</summary>
public sealed class ClusterUnreachableException(string message, Exception? cause) : Exception(message, cause);
