using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

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
    /// <summary>Draws the marker with an edge that sets it off from the lines below it.</summary>
    /// <param name="radius">In pixels.</param>
    /// <param name="hollow">White inside, with a rim of the colour.</param>
    public static void Draw(this Marker marker, SKCanvas canvas, SKPoint at, float radius, SKColor colour, bool hollow = false)
    {
        using var path = new SKPath();
        if (marker == Marker.Circle)
            path.AddCircle(at.X, at.Y, radius);
        else if (marker != Marker.None)
            path.AddPoly([.. Corners(marker).Select(corner => new SKPoint(at.X + (corner.X * radius), at.Y + (corner.Y * radius)))], close: true);

        (SKColor inside, SKColor edge, float width) = hollow ? (Palette.Paper, colour, 1.6f)
            : marker == Marker.Star ? (colour, Palette.Ink, 1)
            : (colour, Palette.Paper, 1.2f);
        using var paint = new SKPaint { IsAntialias = true, Color = inside };
        canvas.DrawPath(path, paint);
        paint.Color = edge;
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = width;
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
