using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A fully connected layer with a bias.</summary>
internal sealed class DenseLayer(Parameter weight, Parameter bias, bool isFirst) : Layer(weight, bias)
{
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        using var _ = no_grad();
        _input = input;
        return nn.functional.linear(input, weight.Kernel(), bias.Kernel());
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        using var _ = no_grad();
        weight.TakeGradient(outputGradient.t().mm(_input!));
        bias.TakeGradient(outputGradient.sum([0]));
        return isFirst ? null : outputGradient.mm(weight.Kernel());
    }
}
