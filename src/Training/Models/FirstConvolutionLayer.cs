using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>The first layer, where it is a 3×3 convolution of grey images with bias, ReLU, 2×2 max pooling and dropout.</summary>
/// <param name="height">Of the images, in pixels: even, the convolution's output being pooled without a rest.</param>
/// <param name="width">Of the images, likewise.</param>
/// <remarks>The number of filters is a multiple of 8.</remarks>
internal sealed unsafe class FirstConvolutionLayer(Parameter weight, Parameter bias, Dropout dropout, int height, int width) : Layer(weight, bias)
{
    private const int Taps = 9;

    private readonly int _filters = bias.Count;
    private readonly int _windows = (height - 2) / 2 * ((width - 2) / 2);
    private readonly Activations _output = new((height - 2) / 2, (width - 2) / 2, bias.Count);
    private readonly RearrangedParameter _kernels = new(weight, weight.Count, (from, to) => MatrixProduct.Transpose(from, to, bias.Count, Taps));
    private readonly float[] _kernelGradients = GC.AllocateArray<float>(weight.Count, pinned: true);
    private readonly float[] _patches = GC.AllocateArray<float>((height - 2) / 2 * ((width - 2) / 2) * 16, pinned: true);
    private readonly PinnedBytes _winner = new();
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        int images = (int)input.shape[0];
        _input = input;
        var output = _output.Of(images);
        int elements = checked((int)output.numel());
        float scale = training is null ? 1 : dropout.Scale;
        float* x = Activations.Pointer(input), y = Activations.Pointer(output);
        fixed (byte* mask = training is { } position ? dropout.Mask(elements, position) : [])
        fixed (byte* winner = _winner.Of(elements))
        fixed (float* w = _kernels.Values, b = bias.Values)
        {
            for (int image = 0; image < images; image++)
            {
                int at = image * _windows * _filters;
                FirstConvolution.Forward(x + ((long)image * height * width), w, b, mask == null ? null : mask + at, scale, y + at, winner + at, height, width, _filters);
            }
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        int images = (int)outputGradient.shape[0];
        _kernelGradients.AsSpan().Clear();
        var biasGradient = bias.OwnGradient();
        biasGradient.Clear();
        float* x = Activations.Pointer(_input!), gy = Activations.Pointer(outputGradient);
        fixed (byte* winner = _winner.Of(outputGradient.numel()))
        fixed (float* patches = _patches, gw = _kernelGradients, gb = biasGradient)
        {
            for (int image = 0; image < images; image++)
            {
                int at = image * _windows * _filters;
                FirstConvolution.Patches(x + ((long)image * height * width), patches, height, width);
                FirstConvolution.Backward(patches, gy + at, winner + at, dropout.Scale, gw, gb, _windows, _filters);
            }
        }

        MatrixProduct.Transpose(_kernelGradients, weight.OwnGradient(), Taps, _filters);
        return null;
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
    }
}
