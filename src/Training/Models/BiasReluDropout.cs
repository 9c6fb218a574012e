using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>What follows a layer's product in one pass: bias, ReLU and dropout, with the memory of both ways.</summary>
/// <param name="shape">Of an image, the channels last; their number is a multiple of 8.</param>
internal sealed unsafe class BiasReluDropout(Parameter bias, Dropout dropout, params long[] shape) : IDisposable
{
    private readonly Activations _output = new(shape);
    private readonly Activations _gradient = new(shape);

    /// <param name="product">[images, shape…], contiguous.</param>
    /// <param name="training">The batch's position, or null for inference.</param>
    /// <returns>Like the product, in memory that the next call overwrites.</returns>
    public Tensor Forward(Tensor product, BatchPosition? training)
    {
        var output = _output.Of(product.shape[0]);
        fixed (byte* mask = training is { } position ? dropout.Mask(output.numel(), position) : [])
        fixed (float* b = bias.Values)
        {
            ReluDropout.Forward(
                Activations.Pointer(product), b, mask, training is null ? 1 : dropout.Scale, Activations.Pointer(output), output.numel() / bias.Count, bias.Count);
        }

        return output;
    }

    /// <summary>Leaves the bias's gradient with it.</summary>
    /// <returns>The gradient of the product, in memory that the next call overwrites.</returns>
    public Tensor Backward(Tensor outputGradient)
    {
        var gradient = _gradient.Of(outputGradient.shape[0]);
        fixed (float* biasGradient = bias.OwnGradient())
        {
            ReluDropout.Backward(
                Activations.Pointer(outputGradient), Activations.Pointer(_output.Of(outputGradient.shape[0])), dropout.Scale, Activations.Pointer(gradient), biasGradient,
                gradient.numel() / bias.Count, bias.Count);
        }

        return gradient;
    }

    public void Dispose()
    {
        _output.Dispose();
        _gradient.Dispose();
    }
}
