using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A 3×3 convolution without padding, bias, ReLU, 2×2 max pooling and dropout: forward by Winograd's tiles, backward without the zeros.</summary>
internal sealed unsafe class PooledConvolutionLayer : Layer
{
    private readonly Parameter _weight, _bias;
    private readonly Dropout _dropout;
    private readonly int _height, _width, _channels, _filters;
    private readonly int _pooledHeight, _pooledWidth, _windows;
    private readonly Activations _output, _inputGradient;
    private readonly int[] _count, _offsets;
    private readonly float[] _gradients;
    private readonly RearrangedParameter _kernels;
    private readonly float[] _tiles, _products;
    private readonly PinnedBytes _winner = new();
    private Tensor? _input;

    /// <param name="height">Of the input, in pixels.</param>
    /// <param name="width">Of the input, in pixels.</param>
    /// <param name="channels">Of the input.</param>
    /// <remarks>Numbers of channels and of filters are multiples of 8.</remarks>
    public PooledConvolutionLayer(Parameter weight, Parameter bias, Dropout dropout, int height, int width, int channels)
        : base(weight, bias)
    {
        (_weight, _bias, _dropout) = (weight, bias, dropout);
        (_height, _width, _channels, _filters) = (height, width, channels, bias.Count);
        (_pooledHeight, _pooledWidth) = ((height - 2) / 2, (width - 2) / 2);
        _windows = _pooledHeight * _pooledWidth;
        _output = new Activations(_pooledHeight, _pooledWidth, _filters);
        _inputGradient = new Activations(height, width, channels);
        _count = GC.AllocateArray<int>(_filters, pinned: true);
        _offsets = GC.AllocateArray<int>(_filters * _windows, pinned: true);
        _gradients = GC.AllocateArray<float>(_filters * _windows, pinned: true);
        _kernels = new RearrangedParameter(
            weight, WinogradConvolution.Points * channels * _filters, (from, to) => WinogradConvolution.TransformKernels(from, to, bias.Count, channels));
        _tiles = GC.AllocateArray<float>(WinogradConvolution.Points * _windows * channels, pinned: true);
        _products = GC.AllocateArray<float>(WinogradConvolution.Points * _windows * _filters, pinned: true);
    }

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        int images = (int)input.shape[0];
        _input = input;
        var output = _output.Of(images);
        int elements = checked((int)output.numel());
        float* x = Activations.Pointer(input), y = Activations.Pointer(output);
        float scale = training is null ? 1 : _dropout.Scale;
        fixed (byte* mask = training is { } position ? _dropout.Mask(elements, position) : [])
        fixed (byte* winner = _winner.Of(elements))
        fixed (float* b = _bias.Values, u = _kernels.Values, v = _tiles, m = _products)
        {
            for (int image = 0; image < images; image++)
            {
                int at = image * _windows * _filters;
                WinogradConvolution.TransformInput(x + ((long)image * _height * _width * _channels), v, _pooledHeight, _pooledWidth, _channels, _width * _channels);
                WinogradConvolution.Multiply(v, u, m, _windows, _channels, _filters);
                WinogradConvolution.TransformOutput(m, b, mask == null ? null : mask + at, scale, y + at, winner + at, _windows, _filters);
            }
        }

        return output;
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        int images = (int)outputGradient.shape[0];
        int row = _width * _channels;
        var inputGradient = _inputGradient.Of(images);
        inputGradient.zero_();
        Span<float> weightGradient = _weight.OwnGradient(), biasGradient = _bias.OwnGradient();
        weightGradient.Clear();
        biasGradient.Clear();
        float* gy = Activations.Pointer(outputGradient);
        float* x = Activations.Pointer(_input!);
        float* gx = Activations.Pointer(inputGradient);
        fixed (byte* winner = _winner.Of(outputGradient.numel()))
        fixed (int* count = _count, offsets = _offsets)
        fixed (float* gradients = _gradients, w = _weight.Values, gw = weightGradient, gb = biasGradient)
        {
            for (int image = 0; image < images; image++)
            {
                long pooled = (long)image * _windows * _filters, pixels = (long)image * _height * row;
                SparseConvolution.Collect(count, offsets, gradients, gy + pooled, winner + pooled, _dropout.Scale, _pooledHeight, _pooledWidth, _filters, _channels, row);
                SparseConvolution.AddBias(count, gradients, gb, _windows, _filters);
                SparseConvolution.AddWeights(x + pixels, count, offsets, gradients, gw, _windows, _filters, _channels, row);
                SparseConvolution.AddInput(w, count, offsets, gradients, gx + pixels, _windows, _filters, _channels, row);
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
