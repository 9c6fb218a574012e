namespace Experiments.Dashboard.Connection;

/// <summary>Grains of whoever hosts the dashboard beside its own work, and has joined them already.</summary>
internal sealed class GivenGrains(IGrainFactory grains) : IClusterGrains
{
    public IGrainFactory Grains => grains;
}
