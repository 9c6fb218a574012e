using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A fully connected layer with bias, ReLU and dropout; the last three in one pass.</summary>
/// <remarks>The number of units is a multiple of 8.</remarks>
internal sealed unsafe class DenseReluLayer(Parameter weight, Parameter bias, Dropout dropout, bool isFirst) : Layer(weight, bias)
{
    private readonly int _units = bias.Count;
    private readonly Activations _output = new(bias.Count);
    private readonly Activations _gradient = new(bias.Count);
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        using var _ = no_grad();
        _input = input;
        var product = input.mm(weight.Kernel().t());
        var output = _output.Of(input.shape[0]);
        fixed (byte* mask = training is { } position ? dropout.Mask(output.numel(), position) : [])
        fixed (float* b = bias.Values)
        {
            ReluDropout.Forward(Activations.Pointer(product), b, mask, training is null ? 1 : dropout.Scale, Activations.Pointer(output), input.shape[0], _units);
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        using var _ = no_grad();
        long images = outputGradient.shape[0];
        var gradient = _gradient.Of(images);
        fixed (float* biasGradient = bias.OwnGradient())
        {
            ReluDropout.Backward(
                Activations.Pointer(outputGradient), Activations.Pointer(_output.Of(images)), dropout.Scale, Activations.Pointer(gradient), biasGradient, images, _units);
        }

        weight.TakeGradient(gradient.t().mm(_input!));
        return isFirst ? null : gradient.mm(weight.Kernel());
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _gradient.Dispose();
    }
}
