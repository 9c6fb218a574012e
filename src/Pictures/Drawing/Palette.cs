using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

internal static class Palette
{
    public static readonly SKColor Paper = SKColors.White;
    public static readonly SKColor Ink = SKColor.Parse("#1a1a1a");
    public static readonly SKColor Muted = SKColor.Parse("#5f6368");
    public static readonly SKColor Frame = SKColor.Parse("#9aa0a6");
    public static readonly SKColor Grid = SKColor.Parse("#e3e5e8");
    public static readonly SKColor Panel = SKColor.Parse("#f4f6f8");

    /// <summary>Okabe and Ito's, told apart by every kind of colour vision.</summary>
    public static readonly SKColor[] Series =
    [
        SKColor.Parse("#0072B2"), SKColor.Parse("#E69F00"), SKColor.Parse("#009E73"),
        SKColor.Parse("#CC79A7"), SKColor.Parse("#56B4E9"), SKColor.Parse("#D55E00"),
    ];
}

internal static class PaletteExtensions
{
    extension(SKColor colour)
    {
        public Color OfPlot => Color.FromSKColor(colour);
    }
}
