using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>The function that a layer's values go through, where no fused layer has it.</summary>
internal sealed class ActivationLayer(Activation activation) : AutogradLayer(isFirst: false)
{
    protected override Tensor Compute(Tensor input, Func<int, Tensor> parameter, bool isTraining) => activation switch
    {
        Activation.Relu => nn.functional.relu(input),
        Activation.LeakyRelu => nn.functional.leaky_relu(input, 0.01),
        Activation.Elu => nn.functional.elu(input, 1),
        Activation.Gelu => nn.functional.gelu(input),
        Activation.Silu => nn.functional.silu(input),
        Activation.Tanh => input.tanh(),
        Activation.Sigmoid => input.sigmoid(),
        _ => throw new InvalidOperationException($"There is no activation {activation}."),
    };
}
