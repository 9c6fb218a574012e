using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

/// <summary>The pixels of a PNG.</summary>
internal sealed class Decoded
{
    private readonly SKColor[] _pixels;

    public Decoded(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        using SKBitmap bitmap = SKBitmap.Decode(png);
        (Width, Height, _pixels) = (bitmap.Width, bitmap.Height, bitmap.Pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public SKColor this[float x, float y] => _pixels[((int)y * Width) + (int)x];

    public int Count(SKColor colour) => _pixels.Count(pixel => pixel == colour);

    /// <summary>Whether anything but white is in the area.</summary>
    public bool HasInk(SKRectI area) => Pixels(area).Any(pixel => pixel != SKColors.White);

    public IEnumerable<SKColor> Pixels(SKRectI area) =>
        from y in Enumerable.Range(area.Top, area.Height)
        from x in Enumerable.Range(area.Left, area.Width)
        select this[x, y];
}
