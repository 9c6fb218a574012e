using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Experiments.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Training.Data;

/// <summary>Reads batches of images, in any order, from bytes straight into the memory that the first layer takes them from.</summary>
/// <param name="part">How much of each image, from the top left.</param>
/// <param name="augmenter">What images go through before; null leaves them as they are.</param>
internal sealed class BatchReader(ImageSet set, int batchSize, ImageSize part, Augmenter? augmenter = null) : IDisposable
{
    private readonly byte[] _moved = new byte[set.Height * set.Width];
    private readonly Tensor _images = zeros(batchSize, part.Height, part.Width, 1).DetachFromDisposeScope();
    private readonly Tensor _labels = zeros(batchSize, ScalarType.Int64).DetachFromDisposeScope();
    private Batch? _batch;

    /// <param name="indices">Of the images, from one to the batch size.</param>
    /// <param name="epoch">From 1; matters to images that are augmented.</param>
    public unsafe Batch Read(ReadOnlySpan<int> indices, int epoch = 0)
    {
        float* images = Activations.Pointer(_images);
        var labels = MemoryMarshal.Cast<byte, long>(_labels.bytes);
        for (int i = 0; i < indices.Length; i++)
        {
            var image = Image(indices[i], epoch);
            for (int row = 0; row < part.Height; row++)
            {
                ToFloats(image.Slice(row * set.Width, part.Width), new Span<float>(images + ((((long)i * part.Height) + row) * part.Width), part.Width));
            }

            labels[i] = set.Labels[indices[i]];
        }

        return First(indices.Length);
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }

    private ReadOnlySpan<byte> Image(int index, int epoch)
    {
        if (augmenter is null)
        {
            return set.Image(index);
        }

        augmenter.Draw(epoch, index).Apply(set.Image(index), _moved, set.Width);
        return _moved;
    }

    private Batch First(int images)
    {
        if (_batch?.Count != images)
        {
            _batch?.Dispose();
            using var scope = NewDisposeScope();
            _batch = new Batch(_images.narrow(0, 0, images).DetachFromDisposeScope(), _labels.narrow(0, 0, images).DetachFromDisposeScope());
        }

        return _batch.Value;
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
