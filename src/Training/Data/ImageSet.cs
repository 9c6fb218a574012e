namespace Experiments.Training.Data;

/// <summary>Grey images of one size, as bytes, and the label of each. Takes over the arrays: they are not copied.</summary>
public sealed class ImageSet
{
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <param name="height">In pixels, from 1.</param>
    /// <param name="width">In pixels, from 1.</param>
    /// <param name="pixels">[Count, Height, Width], row by row; 0 is black, 255 white.</param>
    /// <param name="labels">[Count]; each an index of a class.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public ImageSet(int height, int width, byte[] pixels, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (pixels.LongLength != (Int128)labels.Length * height * width)
            throw new ArgumentException($"{pixels.Length} pixels are not {labels.Length} images of {height} × {width}.", nameof(pixels));

        Height = height;
        Width = width;
        _pixels = pixels;
        _labels = labels;
    }

    public int Count => _labels.Length;

    public int Height { get; }

    public int Width { get; }

    /// <summary>[Count, Height, Width], row by row.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>As <see cref="Pixels"/>.</summary>
    internal ReadOnlyMemory<byte> PixelMemory => _pixels;

    /// <summary>[Height, Width], row by row.</summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _pixels.AsSpan(index * Height * Width, Height * Width);
    }
}
