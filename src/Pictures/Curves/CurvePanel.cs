using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>One metric of every experiment over the epochs.</summary>
/// <param name="Heading">Above the panel.</param>
/// <param name="Epochs">Along its lower side.</param>
/// <param name="Values">Along its left side.</param>
internal sealed record CurvePanel(string Heading, Axis Epochs, Axis Values, ImmutableArray<PanelCurve> Curves)
{
    private const float LeftRoom = 84;
    private const float FootRoom = 62;

    /// <summary>Of more curves than these markers are fewer and lines thinner.</summary>
    private const int FewCurves = 8;

    /// <summary>Up to this many epochs each one has a marker; of more, about this many have.</summary>
    private int MostMarkers => Curves.Length <= FewCurves ? 12 : 4;

    private float LineWidth => Curves.Length <= FewCurves ? 2.2f : 1.5f;

    public static CurvePanel Of(string heading, Axis epochs, bool mayBeLogarithmic, ImmutableArray<PanelCurve> curves)
    {
        var values = Axis.Of(curves.SelectMany(curve => curve.Extremes), mayBeLogarithmic);
        return new CurvePanel(values.Logarithmic ? heading + " (logarithmic)" : heading, epochs, values, curves);
    }

    public void Draw(SKCanvas canvas, SKRect area)
    {
        TextStyle.Heading.Draw(canvas, Heading, area.Left + LeftRoom, area.Top);
        var plot = new SKRect(area.Left + LeftRoom, area.Top + TextStyle.Heading.LineHeight + 8, area.Right, area.Bottom - FootRoom);
        DrawAxes(canvas, plot);

        canvas.Save();
        canvas.ClipRect(SKRect.Inflate(plot, 1, 1), antialias: true);
        foreach (PanelCurve curve in Curves.Reverse()) DrawBand(canvas, plot, curve);
        foreach (PanelCurve curve in Curves.Reverse())
        {
            DrawLine(canvas, plot, curve.Train, curve.Style.Colour.WithAlpha(200), LineWidth * 0.75f, dashed: true);
            DrawLine(canvas, plot, curve.Validation, curve.Style.Colour, LineWidth, dashed: false);
        }

        canvas.Restore();
        for (int index = Curves.Length - 1; index >= 0; index--) DrawMarkers(canvas, plot, Curves[index], index);
        foreach (PanelCurve curve in Curves.Take(CurveStyle.Distinct).Reverse()) DrawBest(canvas, plot, curve);
        if (Curves.All(curve => curve.Validation.IsEmpty))
            TextStyle.Note.Draw(canvas, "no epoch yet", plot.MidX, plot.MidY, SKTextAlign.Center);
    }

    private void DrawAxes(SKCanvas canvas, SKRect plot)
    {
        foreach ((double value, string text) in Values.Ticks)
        {
            float y = plot.Bottom - ((float)Values.Share(value) * plot.Height);
            canvas.Line(plot.Left, y, plot.Right, y, Palette.Grid);
            TextStyle.Note.Draw(canvas, text, plot.Left - 8, y - (TextStyle.Note.LineHeight / 2), SKTextAlign.Right);
        }

        foreach ((double value, string text) in Epochs.Ticks)
        {
            float x = plot.Left + ((float)Epochs.Share(value) * plot.Width);
            canvas.Line(x, plot.Bottom, x, plot.Bottom + 5, Palette.Frame);
            TextStyle.Note.Draw(canvas, text, x, plot.Bottom + 8, SKTextAlign.Center);
        }

        canvas.Outline(plot, Palette.Frame);
        TextStyle.Body.Draw(canvas, "Epoch", plot.MidX, plot.Bottom + 32, SKTextAlign.Center);
    }

    private void DrawBand(SKCanvas canvas, SKRect plot, PanelCurve curve)
    {
        if (curve.Validation.All(point => point.Deviation == 0)) return;

        SKPoint[] upper = [.. curve.Validation.Select(point => At(plot, point.Epoch, point.Mean + point.Deviation)).Where(Placed)];
        SKPoint[] lower = [.. curve.Validation.Select(point => At(plot, point.Epoch, point.Mean - point.Deviation)).Where(Placed)];
        using var band = new SKPath();
        band.AddPoly([.. upper, .. lower.Reverse()], close: true);
        using var paint = new SKPaint { Color = curve.Style.Colour.WithAlpha(50), IsAntialias = true };
        canvas.DrawPath(band, paint);
    }

    /// <summary>A value that is not finite breaks the line.</summary>
    private void DrawLine(SKCanvas canvas, SKRect plot, ImmutableArray<CurvePoint> points, SKColor colour, float width, bool dashed)
    {
        using SKPathEffect? dash = dashed ? SKPathEffect.CreateDash([7, 5], 0) : null;
        using var paint = new SKPaint
        {
            Color = colour, StrokeWidth = width, Style = SKPaintStyle.Stroke, IsAntialias = true, PathEffect = dash,
            StrokeJoin = SKStrokeJoin.Round, StrokeCap = dashed ? SKStrokeCap.Butt : SKStrokeCap.Round,
        };
        using var path = new SKPath();
        bool broken = true;
        foreach (CurvePoint point in Thinned(points, (int)plot.Width))
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (Placed(at))
            {
                if (broken) path.MoveTo(at);
                path.LineTo(at);
            }

            broken = !Placed(at);
        }

        canvas.DrawPath(path, paint);
    }

    /// <summary>Of many more epochs than pixels, the lowest and highest of each pixel's: the line looks the same, and is drawn at once.</summary>
    private static IEnumerable<CurvePoint> Thinned(ImmutableArray<CurvePoint> points, int pixels) => points.Length <= 4 * pixels
        ? points
        : points.Chunk((points.Length + pixels - 1) / pixels)
            .SelectMany(chunk => new[] { chunk.MinBy(point => point.Mean), chunk.MaxBy(point => point.Mean) }.OrderBy(point => point.Epoch));

    private void DrawMarkers(SKCanvas canvas, SKRect plot, PanelCurve curve, int index)
    {
        int every = Math.Max(1, (int)Math.Ceiling(curve.Validation.Length / (double)MostMarkers));

        // Each curve begins elsewhere, so that markers of curves that run together do not hide one another.
        for (int number = index % every; number < curve.Validation.Length; number += every)
        {
            Mark(curve.Train[number], 4, hollow: true);
            Mark(curve.Validation[number], 5.5f, hollow: false);
        }

        void Mark(CurvePoint point, float radius, bool hollow)
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (Placed(at)) curve.Style.Marker.Draw(canvas, at, radius, curve.Style.Colour, hollow);
        }
    }

    private void DrawBest(SKCanvas canvas, SKRect plot, PanelCurve curve)
    {
        foreach (CurvePoint point in curve.Validation.Where(point => point.Epoch == curve.BestEpoch))
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (Placed(at)) Marker.Star.Draw(canvas, at, Curves.Length <= FewCurves ? 11 : 8, curve.Style.Colour);
        }
    }

    private SKPoint At(SKRect plot, int epoch, double value) =>
        new(plot.Left + (float)(Epochs.Share(epoch) * plot.Width), plot.Bottom - (float)(Values.Share(value) * plot.Height));

    private static bool Placed(SKPoint point) => float.IsFinite(point.X) && float.IsFinite(point.Y);
}

/// <param name="Train">Drawn dashed.</param>
/// <param name="Validation">Drawn solid; as many points as <paramref name="Train"/>.</param>
/// <param name="BestEpoch">Marked with a star; null where there is none.</param>
internal sealed record PanelCurve(CurveStyle Style, ImmutableArray<CurvePoint> Train, ImmutableArray<CurvePoint> Validation, int? BestEpoch)
{
    /// <summary>All that the panel is to show, the band's edges included.</summary>
    public IEnumerable<double> Extremes =>
        [.. Train.Select(point => point.Mean), .. Validation.Select(point => point.Mean + point.Deviation), .. Validation.Select(point => point.Mean - point.Deviation)];
}
