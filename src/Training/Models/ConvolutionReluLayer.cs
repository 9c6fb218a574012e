using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A convolution without padding, bias, ReLU and dropout; the last three in one pass.</summary>
/// <param name="height">Of the output, in pixels.</param>
/// <param name="width">Of the output, in pixels.</param>
/// <remarks>The number of filters is a multiple of 8.</remarks>
internal sealed unsafe class ConvolutionReluLayer(Parameter weight, Parameter bias, Dropout dropout, int stride, int height, int width, bool isFirst) : Layer(weight, bias)
{
    private readonly int _filters = bias.Count;
    private readonly Activations _output = new(height, width, bias.Count);
    private readonly Activations _gradient = new(height, width, bias.Count);
    private Tensor? _weightLeaf;
    private Tensor? _input;
    private Tensor? _convolved;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        long images = input.shape[0];
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

        var output = _output.Of(images);
        fixed (byte* mask = training is { } position ? dropout.Mask(output.numel(), position) : [])
        fixed (float* b = bias.Values)
        {
            ReluDropout.Forward(
                Activations.Pointer(_convolved), b, mask, training is null ? 1 : dropout.Scale, Activations.Pointer(output), images * height * width, _filters);
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        long images = outputGradient.shape[0];
        var gradient = _gradient.Of(images);
        fixed (float* biasGradient = bias.OwnGradient())
        {
            ReluDropout.Backward(
                Activations.Pointer(outputGradient), Activations.Pointer(_output.Of(images)), dropout.Scale, Activations.Pointer(gradient), biasGradient, images * height * width, _filters);
        }

        _convolved!.backward([gradient]);
        weight.TakeGradient(_weightLeaf!.grad!);
        return _input!.grad?.contiguous();
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _gradient.Dispose();
    }

    private Tensor Convolve(Tensor input, Tensor kernel) =>
        nn.functional.conv2d(input.permute(0, 3, 1, 2), kernel, null, strides: [stride, stride]).permute(0, 2, 3, 1).contiguous();
}
