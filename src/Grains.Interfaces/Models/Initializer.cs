using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>
/// How first weights are drawn, as Keras draws them: uniform in ±√(3 variance), or normal and cut off at two standard deviations. Biases begin at 0.
/// </summary>
[GenerateSerializer, Alias("Experiments.Initializer")]
[JsonConverter(typeof(WordConverter<Initializer>))]
public enum Initializer
{
    /// <summary>Variance 2 / (fan-in + fan-out): Glorot and Bengio, 2010.</summary>
    GlorotUniform = 0,
    GlorotNormal = 1,

    /// <summary>Variance 2 / fan-in: He et al., 2015.</summary>
    HeUniform = 2,
    HeNormal = 3,

    /// <summary>Variance 1 / fan-in: LeCun et al., 1998.</summary>
    LecunUniform = 4,
    LecunNormal = 5,
}
