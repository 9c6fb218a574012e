using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>The last dense layer: one logit per class; the softmax is part of the loss.</summary>
internal sealed class LogitsLayer(Parameter weight, Parameter bias) : Layer(weight, bias)
{
    private Tensor? _biasLeaf;
    private Tensor? _input;
    private Tensor? _logits;

    protected override ReadOnlySpan<float> BiasGradient => Parameter.Gradient(_biasLeaf!);

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        _input = input;
        _biasLeaf = Bias.Leaf();
        _logits = nn.functional.linear(input, WeightLeaf(), _biasLeaf);
        return _logits.detach();
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        _logits!.backward([outputGradient]);
        return _input!.grad;
    }
}
