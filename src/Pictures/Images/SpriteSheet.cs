using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Many images as one, for a page that shows each as a part of it.</summary>
public static class SpriteSheet
{
    /// <summary>Draws images row by row, side by side, without margins; what is left of the last row is black.</summary>
    /// <param name="images">At least one, all of one size.</param>
    /// <param name="columns">Images in a row, from 1; where there are fewer images, the sheet is as wide as they are.</param>
    /// <returns>A PNG of 8-bit grey.</returns>
    /// <exception cref="ArgumentException">There is no image, they differ in size, or the sheet does not fit in memory.</exception>
    public static byte[] Draw(IReadOnlyList<GreyImage> images, int columns)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (images.Count == 0) throw new ArgumentException("A sheet holds at least one image.", nameof(images));

        (int height, int width) = (images[0].Height, images[0].Width);
        if (images.FirstOrDefault(image => (image.Height, image.Width) != (height, width)) is { } other)
            throw new ArgumentException($"An image of {other.Height} × {other.Width} does not fit among images of {height} × {width}.", nameof(images));

        columns = Math.Min(columns, images.Count);
        int rows = (images.Count + columns - 1) / columns;
        if ((long)rows * columns * height * width > Array.MaxLength)
            throw new ArgumentException($"A sheet of {images.Count} images of {height} × {width} does not fit in memory; draw fewer.", nameof(images));

        int stride = columns * width;
        byte[] pixels = new byte[rows * height * stride];
        for (int index = 0; index < images.Count; index++)
        {
            int corner = (index / columns * height * stride) + (index % columns * width);
            for (int line = 0; line < height; line++)
            {
                images[index].Pixels.Span.Slice(line * width, width).CopyTo(pixels.AsSpan(corner + (line * stride)));
            }
        }

        using SKImage sheet = SKImage.FromPixelCopy(new SKImageInfo(stride, rows * height, SKColorType.Gray8, SKAlphaType.Opaque), pixels, stride);
        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
