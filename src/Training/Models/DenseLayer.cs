using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A fully connected layer with bias, ReLU and dropout.</summary>
internal sealed unsafe class DenseLayer(Parameter weight, Parameter bias, Dropout dropout) : Layer(weight, bias)
{
    private readonly Activations _output = new(bias.Count);
    private readonly Activations _gradient = new(bias.Count);
    private readonly float[] _biasGradient = new float[bias.Count];
    private Tensor? _input;
    private Tensor? _product;

    protected override ReadOnlySpan<float> BiasGradient => _biasGradient;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        long images = input.shape[0];
        _input = input;
        _product = nn.functional.linear(input, WeightLeaf());

        var output = _output.Of(images);
        fixed (byte* mask = training is { } position ? dropout.Mask(output.numel(), position) : [])
        fixed (float* b = Bias.Values)
        {
            ReluDropout.Forward(Activations.Pointer(_product), b, mask, training is null ? 1 : dropout.Scale, Activations.Pointer(output), images, Bias.Count);
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        long images = outputGradient.shape[0];
        var gradient = _gradient.Of(images);
        fixed (float* biasGradient = _biasGradient)
        {
            ReluDropout.Backward(
                Activations.Pointer(outputGradient.contiguous()), Activations.Pointer(_output.Of(images)), dropout.Scale, Activations.Pointer(gradient), biasGradient, images, Bias.Count);
        }

        _product!.backward([gradient]);
        return _input!.grad;
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _gradient.Dispose();
    }
}
