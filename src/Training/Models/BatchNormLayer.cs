using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>Batch normalization of a feature map; the running averages are values of the model that no gradient changes.</summary>
internal sealed class BatchNormLayer(Parameter weight, Parameter bias, Parameter mean, Parameter variance, BatchNorm2dConfig config, bool isFirst)
    : AutogradLayer(isFirst, weight, bias, mean, variance)
{
    protected override Tensor Compute(Tensor input, Func<int, Tensor> parameter, bool isTraining) => ChannelsLast(
        nn.functional.batch_norm(ChannelsFirst(input), parameter(2), parameter(3), parameter(0), parameter(1), isTraining, config.Momentum, config.Epsilon));
}
