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

internal enum Marker
{
    None,
    Circle,
    Square,
    Triangle,
    Diamond,
    TriangleDown,
    Cross,
    Star,
}

internal static class MarkerDrawing
{
    /// <summary>Fills the marker, with a white edge that sets it off from the lines below it.</summary>
    /// <param name="radius">In pixels.</param>
    public static void Draw(this Marker marker, SKCanvas canvas, SKPoint at, float radius, SKColor colour)
    {
        using var path = new SKPath();
        if (marker == Marker.Circle)
            path.AddCircle(at.X, at.Y, radius);
        else if (marker != Marker.None)
            path.AddPoly([.. Corners(marker).Select(corner => new SKPoint(at.X + (corner.X * radius), at.Y + (corner.Y * radius)))], close: true);

        using var paint = new SKPaint { IsAntialias = true, Color = Palette.Paper, Style = SKPaintStyle.Stroke, StrokeWidth = 2.5f, StrokeJoin = SKStrokeJoin.Round };
        canvas.DrawPath(path, paint);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = colour;
        canvas.DrawPath(path, paint);
        if (marker != Marker.Star) return;

        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = 1;
        paint.Color = Palette.Ink;
        canvas.DrawPath(path, paint);
    }

    /// <summary>Around the origin, in the unit circle.</summary>
    private static IEnumerable<SKPoint> Corners(Marker marker) => marker switch
    {
        Marker.Square => Regular(4, 45, 1.15f),
        Marker.Triangle => Regular(3, -90, 1.3f),
        Marker.Diamond => Regular(4, 0, 1.3f),
        Marker.TriangleDown => Regular(3, 90, 1.3f),
        Marker.Star => Enumerable.Range(0, 10).Select(index => Turned(-90 + (index * 36), index % 2 == 0 ? 1 : 0.45f)),
        Marker.Cross => Enumerable.Range(0, 4).SelectMany(arm => new[] { Turned((arm * 90) + 45 - 17, 1.25f), Turned((arm * 90) + 45 + 17, 1.25f), Turned((arm * 90) + 90, 0.45f) }),
        _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "has no corners"),
    };

    private static IEnumerable<SKPoint> Regular(int corners, float start, float radius) =>
        Enumerable.Range(0, corners).Select(corner => Turned(start + (corner * 360f / corners), radius));

    private static SKPoint Turned(float degrees, float radius) =>
        new(radius * MathF.Cos(degrees * MathF.PI / 180), radius * MathF.Sin(degrees * MathF.PI / 180));
}
