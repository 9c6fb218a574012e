using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A fully connected layer with bias, ReLU and dropout; the last three in one pass.</summary>
/// <param name="inputs">Features of an image.</param>
/// <remarks>Numbers of inputs and of units are multiples of 8.</remarks>
internal sealed unsafe class DenseReluLayer(Parameter weight, Parameter bias, Dropout dropout, int inputs, bool isFirst) : Layer(weight, bias)
{
    private readonly int _units = bias.Count;
    private readonly BiasReluDropout _after = new(bias, dropout, bias.Count);
    private readonly Activations _product = new(bias.Count);
    private readonly Activations _inputGradient = new(inputs);
    private readonly RearrangedParameter _transposed = new(weight, weight.Count, (from, to) => MatrixProduct.Transpose(from, to, bias.Count, inputs));
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        int images = (int)input.shape[0];
        _input = input;
        var product = _product.Of(images);
        fixed (float* w = _transposed.Values)
        {
            MatrixProduct.Multiply(Activations.Pointer(input), inputs, 1, w, Activations.Pointer(product), images, _units, inputs);
        }

        return _after.Forward(product, training);
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        int images = (int)outputGradient.shape[0];
        float* gradient = Activations.Pointer(_after.Backward(outputGradient));
        fixed (float* gw = weight.OwnGradient())
        {
            MatrixProduct.Multiply(gradient, 1, _units, Activations.Pointer(_input!), gw, _units, inputs, images);
        }

        if (isFirst)
        {
            return null;
        }

        var inputGradient = _inputGradient.Of(images);
        fixed (float* w = weight.Values)
        {
            MatrixProduct.Multiply(gradient, _units, 1, w, Activations.Pointer(inputGradient), images, inputs, _units);
        }

        return inputGradient;
    }

    public override void Dispose()
    {
        base.Dispose();
        _after.Dispose();
        _product.Dispose();
        _inputGradient.Dispose();
    }
}
