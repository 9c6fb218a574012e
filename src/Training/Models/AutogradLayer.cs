using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A layer that libtorch computes and differentiates.</summary>
/// <param name="isFirst">Whether the input is images, whose gradient nobody asks for.</param>
internal abstract class AutogradLayer(bool isFirst, params ImmutableArray<Parameter> parameters) : Layer(parameters)
{
    private readonly Tensor[] _leaves = new Tensor[parameters.Length];
    private Tensor? _input;
    private Tensor? _output;

    public sealed override Tensor Forward(Tensor input, BatchPosition? training)
    {
        if (training is null)
        {
            using var inference = no_grad();
            return Compute(input, parameter => Parameters[parameter].Kernel(), isTraining: false).contiguous();
        }

        for (int i = 0; i < _leaves.Length; i++)
        {
            _leaves[i] = Parameters[i].Kernel().detach().requires_grad_(Parameters[i].IsTrained);
        }

        _input = input.detach().requires_grad_(!isFirst);
        _output = Compute(_input, parameter => _leaves[parameter], isTraining: true).contiguous();
        return _output.detach();
    }

    public sealed override Tensor? Backward(Tensor outputGradient)
    {
        if (_output!.requires_grad)
        {
            _output.backward([outputGradient]);
        }

        foreach (var (parameter, leaf) in Parameters.Zip(_leaves).Where(pair => pair.First.IsTrained))
        {
            parameter.TakeGradient(leaf.grad!);
        }

        return _input!.grad?.contiguous();
    }

    /// <param name="parameter">The parameter of this place in the list: a kernel as [out, in, height, width], a dense layer's weight as [out, in].</param>
    protected abstract Tensor Compute(Tensor input, Func<int, Tensor> parameter, bool isTraining);

    /// <summary>[images, height, width, channels] as [images, channels, height, width], over the same memory.</summary>
    protected static Tensor ChannelsFirst(Tensor map) => map.permute(0, 3, 1, 2);

    protected static Tensor ChannelsLast(Tensor map) => map.permute(0, 2, 3, 1);
}
