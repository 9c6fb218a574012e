using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A 3×3 convolution without padding, bias, ReLU, 2×2 max pooling and dropout: forward by libtorch and one pass, backward without the zeros.</summary>
/// <param name="height">Of the input, in pixels.</param>
/// <param name="width">Of the input, in pixels.</param>
/// <param name="channels">Of the input.</param>
/// <remarks>Numbers of channels and of filters are multiples of 8.</remarks>
internal sealed unsafe class PooledConvolutionLayer(Parameter weight, Parameter bias, Dropout dropout, int height, int width, int channels) : Layer(weight, bias)
{
    private readonly int _filters = bias.Count;
    private readonly int _pooledHeight = (height - 2) / 2;
    private readonly int _pooledWidth = (width - 2) / 2;
    private readonly Activations _output = new((height - 2) / 2, (width - 2) / 2, bias.Count);
    private readonly Activations _inputGradient = new(height, width, channels);
    private readonly int[] _count = GC.AllocateArray<int>(bias.Count, pinned: true);
    private readonly int[] _offsets = GC.AllocateArray<int>(bias.Count * ((height - 2) / 2) * ((width - 2) / 2), pinned: true);
    private readonly float[] _gradients = GC.AllocateArray<float>(bias.Count * ((height - 2) / 2) * ((width - 2) / 2), pinned: true);
    private readonly PinnedBytes _winner = new();
    private Tensor? _input;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        int images = (int)input.shape[0];
        _input = input;
        using var _ = no_grad();
        var z = nn.functional.conv2d(input.permute(0, 3, 1, 2), weight.Kernel(), null).permute(0, 2, 3, 1).contiguous();

        var output = _output.Of(images);
        long elements = output.numel();
        float scale = training is null ? 1 : dropout.Scale;
        fixed (byte* mask = training is { } position ? dropout.Mask(elements, position) : [])
        fixed (byte* winner = _winner.Of(elements))
        fixed (float* b = bias.Values)
        {
            PoolReluDropout.Forward(Activations.Pointer(z), b, mask, scale, Activations.Pointer(output), winner, images, height - 2, width - 2, _filters);
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        int images = (int)outputGradient.shape[0];
        int windows = _pooledHeight * _pooledWidth;
        int row = width * channels;
        var inputGradient = _inputGradient.Of(images);
        inputGradient.zero_();
        Span<float> weightGradient = weight.OwnGradient(), biasGradient = bias.OwnGradient();
        weightGradient.Clear();
        biasGradient.Clear();
        float* gy = Activations.Pointer(outputGradient);
        float* x = Activations.Pointer(_input!);
        float* gx = Activations.Pointer(inputGradient);
        fixed (byte* winner = _winner.Of(outputGradient.numel()))
        fixed (int* count = _count, offsets = _offsets)
        fixed (float* gradients = _gradients, w = weight.Values, gw = weightGradient, gb = biasGradient)
        {
            for (int image = 0; image < images; image++)
            {
                long pooled = (long)image * windows * _filters, pixels = (long)image * height * row;
                SparseConvolution.Collect(count, offsets, gradients, gy + pooled, winner + pooled, dropout.Scale, _pooledHeight, _pooledWidth, _filters, channels, row);
                SparseConvolution.AddBias(count, gradients, gb, windows, _filters);
                SparseConvolution.AddWeights(x + pixels, count, offsets, gradients, gw, windows, _filters, channels, row);
                SparseConvolution.AddInput(w, count, offsets, gradients, gx + pixels, windows, _filters, channels, row);
            }
        }

        return inputGradient;
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _inputGradient.Dispose();
    }
}
