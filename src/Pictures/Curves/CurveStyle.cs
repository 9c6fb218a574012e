using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Colour and marker that tell a curve from the others.</summary>
internal sealed record CurveStyle(SKColor Colour, Marker Marker)
{
    /// <summary>Curves beyond these cannot be told apart, and are drawn in grey.</summary>
    public static int Distinct => Palette.Series.Length * Markers.Length;

    private static Marker[] Markers { get; } = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond, Marker.TriangleDown, Marker.Cross];

    /// <summary>The first six differ in both, so that they are told apart in print too; after them each pair of the two comes once.</summary>
    public static CurveStyle Of(int index)
    {
        int colours = Palette.Series.Length;
        return index < Distinct
            ? new CurveStyle(Palette.Series[index % colours], Markers[(index + (index / colours)) % Markers.Length])
            : new CurveStyle(Palette.Frame, Marker.None);
    }
}
