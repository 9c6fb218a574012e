namespace Experiments.Dashboard.Connection;

/// <summary>The way to the grains of what is shown: a cluster, or a storage on this machine.</summary>
internal interface IClusterGrains
{
    /// <exception cref="Experiments.Clustering.ClusterUnreachableException">No silo has answered yet.</exception>
    IGrainFactory Grains { get; }
}
