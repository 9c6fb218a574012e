using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>What a convolution does at the border.</summary>
[GenerateSerializer, Alias("Experiments.Padding")]
[JsonConverter(typeof(WordConverter<Padding>))]
public enum Padding
{
    /// <summary>The kernel stays within the feature map, which shrinks by kernel − 1.</summary>
    Valid = 0,

    /// <summary>Zeros around it, evenly, one more at the right and below where the number is odd, so that the size stays; the stride is 1.</summary>
    Same = 1,
}
