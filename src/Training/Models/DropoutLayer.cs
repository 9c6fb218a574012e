using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>Dropout by itself, where no fused layer has it.</summary>
/// <param name="values">Of an image.</param>
internal sealed unsafe class DropoutLayer(Dropout dropout, long values) : Layer
{
    private readonly Activations _output = new(values);
    private readonly Activations _gradient = new(values);

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        if (training is not { } position)
        {
            return input;
        }

        return Drop(input, dropout.Mask(input.numel(), position), _output);
    }

    public override Tensor? Backward(Tensor outputGradient) => Drop(outputGradient, dropout.Drawn(outputGradient.numel()), _gradient);

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _gradient.Dispose();
    }

    private Tensor Drop(Tensor source, ReadOnlySpan<byte> mask, Activations target)
    {
        var dropped = target.Of(source.shape[0]);
        float* from = Activations.Pointer(source), to = Activations.Pointer(dropped);
        for (int i = 0; i < mask.Length; i++)
        {
            to[i] = mask[i] == 0 ? 0 : from[i] * dropout.Scale;
        }

        return dropped.view(source.shape);
    }
}
