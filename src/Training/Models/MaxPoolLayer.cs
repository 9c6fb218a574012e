using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>The largest of each square of a feature map.</summary>
internal sealed class MaxPoolLayer(int size, bool isFirst) : AutogradLayer(isFirst)
{
    protected override Tensor Compute(Tensor input, Func<int, Tensor> parameter, bool isTraining) =>
        ChannelsLast(nn.functional.max_pool2d(ChannelsFirst(input), [size, size]));
}
