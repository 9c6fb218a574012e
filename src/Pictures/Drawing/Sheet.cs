using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>A white sheet with a title on top, encoded as PNG.</summary>
internal static class Sheet
{
    public const int Margin = 32;

    /// <summary>Room that a title takes, the margin above and the gap below it included.</summary>
    public static float TitleHeight(string title, int width) => Margin + (TitleLines(title, width).Count * TextStyle.Title.LineHeight) + 16;

    /// <param name="title">Wrapped to the width.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels, the title's included.</param>
    /// <param name="draw">Draws all but the title.</param>
    public static byte[] Png(string title, int width, int height, Action<SKCanvas> draw)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new ArgumentException($"A picture of {width} × {height} pixels does not fit in memory; draw fewer classes or images.");
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(Palette.Paper);
        float top = Margin;
        foreach (string line in TitleLines(title, width))
        {
            TextStyle.Title.Draw(canvas, line, Margin, top);
            top += TextStyle.Title.LineHeight;
        }

        draw(canvas);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static IReadOnlyList<string> TitleLines(string title, int width) => TextStyle.Title.Wrap(title, width - (2 * Margin), maxLines: 8);
}
