using System.Collections.Immutable;

namespace Experiments;

/// <summary>One row of a model summary.</summary>
/// <param name="Name">Such as <c>conv1</c>.</param>
/// <param name="Type">As Keras calls it, such as <c>Conv2D</c>.</param>
/// <param name="OutputShape">Without the batch dimension, channels last as Keras prints it: 26, 26, 32.</param>
/// <param name="Parameters">Number of trainable parameters.</param>
[GenerateSerializer, Immutable, Alias("Experiments.LayerSummary")]
public sealed record LayerSummary(
    [property: Id(0)] string Name,
    [property: Id(1)] string Type,
    [property: Id(2)] ImmutableArray<int> OutputShape,
    [property: Id(3)] int Parameters);
