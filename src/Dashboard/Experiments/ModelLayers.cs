using System.Collections.Immutable;

namespace Experiments.Dashboard.Grids;

/// <summary>The model of an experiment.</summary>
/// <param name="Layers">From first to last.</param>
/// <param name="Parameters">Of all layers, all trainable.</param>
internal sealed record ModelLayers(ImmutableArray<LayerSummary> Layers, int Parameters)
{
    public static ModelLayers Of(ImmutableArray<LayerSummary> layers) => new(layers, layers.Sum(layer => layer.Parameters));
}
