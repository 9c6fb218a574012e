using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A convolution with a square kernel and a bias.</summary>
internal sealed class ConvolutionLayer(Parameter weight, Parameter bias, Conv2dConfig config, bool isFirst) : AutogradLayer(isFirst, weight, bias)
{
    protected override Tensor Compute(Tensor input, Func<int, Tensor> parameter, bool isTraining)
    {
        var map = ChannelsFirst(input);
        if (config.Padding == Padding.Same)
        {
            int before = (config.Kernel - 1) / 2, after = config.Kernel / 2;
            map = nn.functional.pad(map, [before, after, before, after]);
        }

        return ChannelsLast(nn.functional.conv2d(map, parameter(0), parameter(1), strides: [config.Stride, config.Stride]));
    }
}
