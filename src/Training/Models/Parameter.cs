using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Models;

/// <summary>
/// Weights of a layer with the optimizer's moments. In memory a convolution's kernel is [out, height, width, in], and so is that of a dense
/// layer after flatten, whose inputs are a channels-last feature map: nothing is rearranged while training. Others see the plain layout, the one
/// of PyTorch's channels-first model.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private readonly Tensor _values;
    private float[][] _moments = [];
    private Tensor? _ownGradient;
    private Tensor? _gradient;

    /// <param name="plainShape">[out, in, height, width] or [out, in] or [out].</param>
    /// <param name="featureMap">For a dense layer on a feature map: its [channels, height, width], which multiply to "in".</param>
    public Parameter(string name, long[] plainShape, long[]? featureMap = null)
    {
        Name = name;
        PlainShape = plainShape;
        KernelShape = featureMap is null ? plainShape : [plainShape[0], .. featureMap];
        _values = zeros(KernelShape.Length == 4 ? [KernelShape[0], KernelShape[2], KernelShape[3], KernelShape[1]] : KernelShape).DetachFromDisposeScope();
    }

    public string Name { get; }

    /// <summary>Whether gradients change it; else the layer itself does.</summary>
    public bool IsTrained { get; init; } = true;

    public long[] PlainShape { get; }

    public int Count => (int)_values.numel();

    /// <summary>The values in memory order.</summary>
    public ReadOnlySpan<float> Values => Floats(_values);

    /// <summary>Another one whenever the values have changed.</summary>
    public long Version { get; private set; }

    /// <summary>The values in the plain layout.</summary>
    public float[] Plain
    {
        get => ToPlain(Values);
        set
        {
            FromPlain(value, Floats(_values));
            Version++;
        }
    }

    private long[] KernelShape { get; }

    /// <summary>The values, over the same memory: a kernel as [out, in, height, width], a dense layer as [out, in].</summary>
    public Tensor Kernel() => PlainShape.Length == 4 ? _values.permute(0, 3, 1, 2) : _values.view(PlainShape);

    /// <summary>Memory for this batch's gradient, in memory order; holds what was written to it last.</summary>
    public Span<float> OwnGradient()
    {
        _gradient = _ownGradient ??= zeros_like(_values).DetachFromDisposeScope();
        return Floats(_gradient);
    }

    /// <summary>Takes this batch's gradient from a tensor, shaped as <see cref="Kernel"/>, which must live until the update.</summary>
    public void TakeGradient(Tensor gradient) => _gradient = (gradient.dim() == 4 ? gradient.permute(0, 2, 3, 1) : gradient).contiguous();

    /// <summary>One update by this batch's gradient.</summary>
    public void Update(BatchUpdate update)
    {
        if (IsTrained)
        {
            update.Rule.Update(Floats(_values), Floats(_gradient!), Moments(update.Rule.Moments.Length), decays: PlainShape.Length > 1, update.LearningRate, update.Step);
            Version++;
        }
    }

    /// <summary>So many of the optimizer's moments, in the plain layout.</summary>
    public ImmutableArray<float[]> PlainMoments(int count) => [.. Moments(count).Select(moment => ToPlain(moment))];

    /// <param name="plain">All that the optimizer keeps, in the plain layout.</param>
    public void RestoreMoments(ImmutableArray<ReadOnlyMemory<float>> plain)
    {
        foreach (var (index, moment) in Moments(plain.Length).Index())
        {
            FromPlain(plain[index].Span, moment);
        }
    }

    public void Dispose()
    {
        _values.Dispose();
        _ownGradient?.Dispose();
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private float[][] Moments(int count) =>
        _moments.Length == count ? _moments : _moments = [.. Enumerable.Range(0, count).Select(_ => new float[Count])];

    private float[] ToPlain(ReadOnlySpan<float> values)
    {
        var plain = new float[values.Length];
        if (KernelShape is not [var kernels, var channels, var height, var width])
        {
            values.CopyTo(plain);
            return plain;
        }

        int memory = 0;
        for (long kernel = 0; kernel < kernels; kernel++)
        {
            for (long position = 0; position < height * width; position++)
            {
                for (long channel = 0; channel < channels; channel++)
                {
                    plain[(((kernel * channels) + channel) * height * width) + position] = values[memory++];
                }
            }
        }

        return plain;
    }

    private void FromPlain(ReadOnlySpan<float> plain, Span<float> values)
    {
        if (KernelShape is not [var kernels, var channels, var height, var width])
        {
            plain.CopyTo(values);
            return;
        }

        int memory = 0;
        for (long kernel = 0; kernel < kernels; kernel++)
        {
            for (long position = 0; position < height * width; position++)
            {
                for (long channel = 0; channel < channels; channel++)
                {
                    values[memory++] = plain[(int)((((kernel * channels) + channel) * height * width) + position)];
                }
            }
        }
    }
}
