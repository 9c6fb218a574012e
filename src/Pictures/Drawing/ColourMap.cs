using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>Colours from a share of 0 to 1, light to dark; the stops are ColorBrewer's, as in matplotlib.</summary>
internal sealed class ColourMap(params string[] stops) : IColormap
{
    public static readonly ColourMap Blues = new(
        "#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b");

    public static readonly ColourMap Greens = new(
        "#f7fcf5", "#e5f5e0", "#c7e9c0", "#a1d99b", "#74c476", "#41ab5d", "#238b45", "#006d2c", "#00441b");

    public static readonly ColourMap Reds = new(
        "#fff5f0", "#fee0d2", "#fcbba1", "#fc9272", "#fb6a4a", "#ef3b2c", "#cb181d", "#a50f15", "#67000d");

    private readonly SKColor[] _stops = [.. stops.Select(SKColor.Parse)];

    string IColormap.Name => nameof(ColourMap);

    Color IColormap.GetColor(double position) => At(position).OfPlot;

    public SKColor At(double share)
    {
        double position = Math.Clamp(share, 0, 1) * (_stops.Length - 1);
        int stop = Math.Min((int)position, _stops.Length - 2);
        (SKColor from, SKColor to, double part) = (_stops[stop], _stops[stop + 1], position - stop);
        return new SKColor(Mix(from.Red, to.Red, part), Mix(from.Green, to.Green, part), Mix(from.Blue, to.Blue, part));
    }

    /// <summary>Black or white, whichever has the higher contrast on <paramref name="ground"/> by WCAG 2.</summary>
    public static SKColor InkOn(SKColor ground)
    {
        double luminance = (0.2126 * Linear(ground.Red)) + (0.7152 * Linear(ground.Green)) + (0.0722 * Linear(ground.Blue));
        return luminance > 0.179 ? Palette.Ink : Palette.Paper;
    }

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * part));

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
