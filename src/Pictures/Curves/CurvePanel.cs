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

    /// <summary>Up to this many epochs each one has a marker; of more, about this many have.</summary>
    private const int MostMarkers = 12;

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
            DrawLine(canvas, plot, curve.Train, curve.Style.Colour.WithAlpha(200), 1.6f, dashed: true);
            DrawLine(canvas, plot, curve.Validation, curve.Style.Colour, 2.2f, dashed: false);
        }

        canvas.Restore();
        for (int index = Curves.Length - 1; index >= 0; index--) DrawMarkers(canvas, plot, Curves[index], index);
        foreach (PanelCurve curve in Curves.Reverse()) DrawBest(canvas, plot, curve);
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
            Color = colour, StrokeWidth = width, Style = SKPaintStyle.Stroke, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true, PathEffect = dash,
        };
        using var path = new SKPath();
        bool broken = true;
        foreach (CurvePoint point in points)
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (!Placed(at))
                broken = true;
            else if (broken)
            {
                path.MoveTo(at);
                broken = false;
            }
            else
                path.LineTo(at);
        }

        canvas.DrawPath(path, paint);
    }

    private void DrawMarkers(SKCanvas canvas, SKRect plot, PanelCurve curve, int index)
    {
        int every = Math.Max(1, (int)Math.Ceiling(curve.Validation.Length / (double)MostMarkers));

        // Each curve begins elsewhere, so that markers of curves that run together do not hide one another.
        for (int number = index % every; number < curve.Validation.Length; number += every)
        {
            Mark(curve.Train[number], 3.5f, curve.Style.Colour.WithAlpha(200));
            Mark(curve.Validation[number], 5.5f, curve.Style.Colour);
        }

        void Mark(CurvePoint point, float radius, SKColor colour)
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (Placed(at)) curve.Style.Marker.Draw(canvas, at, radius, colour);
        }
    }

    private void DrawBest(SKCanvas canvas, SKRect plot, PanelCurve curve)
    {
        foreach (CurvePoint point in curve.Validation.Where(point => point.Epoch == curve.BestEpoch))
        {
            SKPoint at = At(plot, point.Epoch, point.Mean);
            if (Placed(at)) Marker.Star.Draw(canvas, at, 11, curve.Style.Colour);
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
