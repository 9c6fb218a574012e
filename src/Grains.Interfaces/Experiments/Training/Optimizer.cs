using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>How gradients become steps.</summary>
[GenerateSerializer, Alias("Experiments.Optimizer")]
[JsonConverter(typeof(WordConverter<Optimizer>))]
public enum Optimizer
{
    /// <summary>Kingma and Ba, "Adam", 2015, as Keras computes it.</summary>
    Adam = 0,

    /// <summary>Adam with decoupled weight decay: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.</summary>
    Adamw = 1,

    /// <summary>Stochastic gradient descent, with momentum where asked for, as PyTorch computes it.</summary>
    Sgd = 2,
}
