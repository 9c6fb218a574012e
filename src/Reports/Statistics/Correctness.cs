using System.Collections;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Experiments.Reports;

/// <summary>Which test images an experiment has right: all that a comparison needs of its predictions, in a hundredth of their room.</summary>
public sealed class Correctness
{
    private readonly BitArray _right;
    private readonly byte[] _images;

    private Correctness(BitArray right, byte[] images) => (_right, _images) = (right, images);

    public static Correctness Of(Predictions predictions)
    {
        var right = new BitArray(predictions.Labels.Length);
        for (int image = 0; image < right.Length; image++)
        {
            right[image] = predictions.Predicted[image] == predictions.Labels[image];
        }

        return new Correctness(right, SHA256.HashData(MemoryMarshal.AsBytes(predictions.Labels.AsSpan())));
    }

    /// <summary>Whether both are of the same test images, judged by the true classes in their order.</summary>
    public bool IsOfTheImagesOf(Correctness other) => _images.AsSpan().SequenceEqual(other._images);

    /// <summary>Number of images that this one has right and the other has not.</summary>
    public int OnlyThis(Correctness other)
    {
        int images = 0;
        for (int image = 0; image < _right.Length; image++)
        {
            images += _right[image] && !other._right[image] ? 1 : 0;
        }

        return images;
    }
}
