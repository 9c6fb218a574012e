using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A convolution without padding, bias, ReLU and dropout; the last three in one pass.</summary>
/// <param name="height">Of the output, in pixels.</param>
/// <param name="width">Of the output, in pixels.</param>
/// <remarks>The number of filters is a multiple of 8.</remarks>
internal sealed class ConvolutionReluLayer(Parameter weight, Parameter bias, Dropout dropout, int stride, int height, int width, bool isFirst) : Layer(weight, bias)
{
    private readonly BiasReluDropout _after = new(bias, dropout, height, width, bias.Count);
    private Tensor? _weightLeaf;
    private Tensor? _input;
    private Tensor? _convolved;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        if (training is null)
        {
            using var inference = no_grad();
            _convolved = Convolve(input, weight.Kernel());
        }
        else
        {
            _input = input.detach().requires_grad_(!isFirst);
            _weightLeaf = weight.Kernel().detach().requires_grad_(true);
            _convolved = Convolve(_input, _weightLeaf);
        }

        return _after.Forward(_convolved, training);
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        _convolved!.backward([_after.Backward(outputGradient)]);
        weight.TakeGradient(_weightLeaf!.grad!);
        return _input!.grad?.contiguous();
    }

    public override void Dispose()
    {
        base.Dispose();
        _after.Dispose();
    }

    private Tensor Convolve(Tensor input, Tensor kernel) =>
        nn.functional.conv2d(input.permute(0, 3, 1, 2), kernel, null, strides: [stride, stride]).permute(0, 2, 3, 1).contiguous();
}
