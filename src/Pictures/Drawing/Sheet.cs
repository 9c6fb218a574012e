using System.Collections.Immutable;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>A white sheet with a title on top, encoded as PNG.</summary>
internal static class Sheet
{
    public const int Margin = 32;
    public const int ChartGap = 24;

    private const int LeastWidth = 640;

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

    /// <param name="title">Wrapped to the width.</param>
    /// <param name="charts">Side by side; the sheet is as large as they and their title take.</param>
    public static byte[] Png(string title, ImmutableArray<Chart> charts)
    {
        int width = Math.Max(LeastWidth, (int)MathF.Ceiling(charts.Sum(chart => chart.Width + ChartGap)) - ChartGap + (2 * Margin));
        float top = TitleHeight(title, width);
        int height = (int)MathF.Ceiling(top + charts.Select(chart => chart.Height).DefaultIfEmpty().Max() + Margin);
        return Png(title, width, height, canvas => Chart.DrawRow(canvas, charts, top));
    }

    private static IReadOnlyList<string> TitleLines(string title, int width) => TextStyle.Title.Wrap(title, width - (2 * Margin), maxLines: 8);
}
