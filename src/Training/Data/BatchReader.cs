using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Data;

/// <summary>Reads batches of images, in any order, from bytes straight into the memory that the first convolution takes them from.</summary>
internal sealed class BatchReader(ImageSet set, int batchSize) : IDisposable
{
    private readonly Tensor _images = zeros(batchSize, set.Height, set.Width, 1).DetachFromDisposeScope();
    private readonly Tensor _labels = zeros(batchSize, ScalarType.Int64).DetachFromDisposeScope();

    /// <param name="indices">Of the images, at most the batch size.</param>
    public Batch Read(ReadOnlySpan<int> indices)
    {
        var labels = MemoryMarshal.Cast<byte, long>(_labels.bytes);
        for (int i = 0; i < indices.Length; i++)
        {
            var image = MemoryMarshal.Cast<byte, float>(_images.narrow(0, i, 1).bytes);
            ToFloats(set.Image(indices[i]), image);
            labels[i] = set.Labels[indices[i]];
        }

        return new Batch(_images.narrow(0, 0, indices.Length).permute(0, 3, 1, 2), _labels.narrow(0, 0, indices.Length));
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
    }

    private static void ToFloats(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        int i = 0;
        var white = Vector256.Create(255f);
        for (; i <= bytes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(bytes[i..]));
            var (low0, low1) = Vector128.Widen(low);
            var (high0, high1) = Vector128.Widen(high);
            (Vector256.ConvertToSingle(Vector256.Create(low0, low1).AsInt32()) / white).CopyTo(floats[i..]);
            (Vector256.ConvertToSingle(Vector256.Create(high0, high1).AsInt32()) / white).CopyTo(floats[(i + 8)..]);
        }

        for (; i < bytes.Length; i++)
        {
            floats[i] = bytes[i] / 255f;
        }
    }
}
