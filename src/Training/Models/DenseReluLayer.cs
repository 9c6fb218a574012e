using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A fully connected layer with bias, ReLU and dropout; the last three in one pass.</summary>
/// <remarks>The number of units is a multiple of 8.</remarks>
internal sealed class DenseReluLayer(Parameter weight, Parameter bias, Dropout dropout, bool isFirst) : Layer(weight, bias)
{
    private readonly BiasReluDropout _after = new(bias, dropout, bias.Count);
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        using var _ = no_grad();
        _input = input;
        return _after.Forward(input.mm(weight.Kernel().t()), training);
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        using var _ = no_grad();
        var gradient = _after.Backward(outputGradient);
        weight.TakeGradient(gradient.t().mm(_input!));
        return isFirst ? null : gradient.mm(weight.Kernel());
    }

    public override void Dispose()
    {
        base.Dispose();
        _after.Dispose();
    }
}
