using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>The function that a layer's values go through.</summary>
[GenerateSerializer, Alias("Experiments.Activation")]
[JsonConverter(typeof(WordConverter<Activation>))]
public enum Activation
{
    None = 0,
    Relu = 1,

    /// <summary>x, or 0.01 x below 0.</summary>
    LeakyRelu = 2,

    /// <summary>x, or e^x − 1 below 0.</summary>
    Elu = 3,

    /// <summary>x Φ(x), by the error function.</summary>
    Gelu = 4,

    /// <summary>x / (1 + e^−x).</summary>
    Silu = 5,
    Tanh = 6,
    Sigmoid = 7,
}
