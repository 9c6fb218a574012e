using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>A 3×3 convolution without padding, 2×2 max pooling where asked for, bias, ReLU and dropout.</summary>
/// <param name="pool">Whether pooling follows.</param>
/// <param name="height">Of the input, in pixels.</param>
/// <param name="width">Of the input, in pixels.</param>
internal sealed unsafe class ConvolutionLayer(Parameter weight, Parameter bias, bool pool, Dropout dropout, int height, int width) : Layer(weight, bias)
{
    private readonly int _channels = bias.Count;
    private readonly int _height = height - 2;
    private readonly int _width = width - 2;
    private readonly Activations _output = new(pool ? (height - 2) / 2 : height - 2, pool ? (width - 2) / 2 : width - 2, bias.Count);
    private readonly Activations _gradient = new(height - 2, width - 2, bias.Count);
    private byte[] _winner = [];
    private readonly float[] _biasGradient = new float[bias.Count];
    private Tensor? _input;
    private Tensor? _convolved;

    protected override ReadOnlySpan<float> BiasGradient => _biasGradient;

    public override Tensor Forward(Tensor input, BatchPosition? training)
    {
        int images = (int)input.shape[0];
        _input = input;
        _convolved = nn.functional.conv2d(input, WeightLeaf(), null);

        var output = _output.Of(images);
        long elements = output.numel();
        var z = _convolved.permute(0, 2, 3, 1).contiguous();
        float scale = training is null ? 1 : dropout.Scale;
        fixed (byte* mask = training is { } position ? dropout.Mask(elements, position) : [])
        fixed (float* b = Bias.Values)
        {
            if (pool)
            {
                if (_winner.Length < elements)
                {
                    _winner = GC.AllocateUninitializedArray<byte>(checked((int)elements), pinned: true);
                }

                fixed (byte* winner = _winner)
                {
                    PoolReluDropout.Forward(Activations.Pointer(z), b, mask, scale, Activations.Pointer(output), winner, images, _height, _width, _channels);
                }
            }
            else
            {
                ReluDropout.Forward(Activations.Pointer(z), b, mask, scale, Activations.Pointer(output), (long)images * _height * _width, _channels);
            }
        }

        return output.permute(0, 3, 1, 2);
    }

    public override Tensor? Backward(Tensor outputGradient)
    {
        int images = (int)outputGradient.shape[0];
        var gy = outputGradient.permute(0, 2, 3, 1).contiguous();
        var gradient = _gradient.Of(images);
        fixed (float* biasGradient = _biasGradient)
        {
            if (pool)
            {
                fixed (byte* winner = _winner)
                {
                    PoolReluDropout.Backward(Activations.Pointer(gy), winner, dropout.Scale, Activations.Pointer(gradient), biasGradient, images, _height, _width, _channels);
                }
            }
            else
            {
                ReluDropout.Backward(
                    Activations.Pointer(gy), Activations.Pointer(_output.Of(images)), dropout.Scale, Activations.Pointer(gradient), biasGradient, (long)images * _height * _width, _channels);
            }
        }

        _convolved!.backward([gradient.permute(0, 3, 1, 2)]);
        return _input!.grad;
    }

    public override void Dispose()
    {
        base.Dispose();
        _output.Dispose();
        _gradient.Dispose();
    }
}
