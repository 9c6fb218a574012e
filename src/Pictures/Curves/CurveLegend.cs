using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Below the panels: what dashes, rings and bands mean, then the name of every curve that has a colour of its own.</summary>
internal sealed record CurveLegend(ImmutableArray<(Legend Part, PixelSize Size)> Parts)
{
    private const float SymbolWidth = 44;
    private const float RowHeight = 27;

    public float Height => Parts.Sum(part => part.Size.Height);

    public static CurveLegend Of(ImmutableArray<Curve> curves, float width)
    {
        using Paint paint = Paint.NewDisposablePaint();
        IEnumerable<Legend> parts = [Part(Keys(curves), tight: true), Part(Names(curves, width), tight: false)];
        return new CurveLegend([.. parts.Where(part => part.ManualItems.Count > 0)
            .Select(part => (part, new PixelSize(width, part.GetLayout(new PixelSize(width, float.MaxValue), paint).LegendRect.Height)))]);
    }

    public void Draw(SKCanvas canvas, float left, float top)
    {
        using Paint paint = Paint.NewDisposablePaint();
        foreach ((Legend part, PixelSize size) in Parts)
        {
            part.Render(canvas, paint, new PixelRect(new Pixel(left, top), size), Alignment.UpperLeft);
            top += size.Height;
        }
    }

    private static Legend Part(IEnumerable<LegendItem> items, bool tight) => new(new Plot())
    {
        ManualItems = [.. items],
        Orientation = Orientation.Horizontal,
        TightHorizontalWrapping = tight,
        SymbolWidth = SymbolWidth,
        SymbolHeight = RowHeight,
        SymbolPadding = 10,
        InterItemPadding = new PixelPadding(0, 30, 0, 0),
        Padding = new PixelPadding(0, 0, 0, 8),
        OutlineWidth = 0,
        ShadowColor = Colors.Transparent,
    };

    private static string Best(MonitoredMetric[] monitors) => monitors switch
    {
        [MonitoredMetric.ValidationLoss] => "lowest validation loss",
        [MonitoredMetric.ValidationAccuracy] => "highest validation accuracy",
        _ => "best epoch",
    };

    private static IEnumerable<LegendItem> Keys(ImmutableArray<Curve> curves)
    {
        var style = new CurveStyle(Palette.Ink, MarkerShape.FilledCircle);
        yield return Item("training", style.Colour, 1.6f, style.Training, CurveStyle.Dashes);
        yield return Item("validation", style.Colour, 2.2f, style.Validation, LinePattern.Solid);
        yield return Item(Best([.. curves.Select(curve => curve.Monitor).Distinct()]), style.Colour, 0, style.Best, LinePattern.Solid);
        if (!curves.Any(curve => curve.Loss.Validation.Any(point => point.Deviation > 0))) yield break;

        LegendItem band = Item("mean of the seeds, ± standard deviation", style.Colour, 2.2f, MarkerStyle.None, LinePattern.Solid);
        band.FillColor = style.Colour.OfPlot.WithAlpha(CurvePanel.BandAlpha);
        yield return band;
    }

    private static IEnumerable<LegendItem> Names(ImmutableArray<Curve> curves, float width)
    {
        foreach ((Curve curve, int index) in curves.Take(CurveStyle.Distinct).Select((curve, index) => (curve, index)))
        {
            var style = CurveStyle.Of(index);
            yield return Item(TextStyle.Body.Wrapped(curve.Name, width - SymbolWidth - 40, maxLines: 1), style.Colour, 2.2f, style.Validation, LinePattern.Solid);
        }

        if (curves.Length > CurveStyle.Distinct)
            yield return Item($"{curves.Length - CurveStyle.Distinct} more", Palette.Frame, 2.2f, MarkerStyle.None, LinePattern.Solid);
    }

    private static LegendItem Item(string text, SKColor colour, float lineWidth, MarkerStyle marker, LinePattern pattern)
    {
        var item = new LegendItem
        {
            LabelText = text, LineColor = colour.OfPlot, LineWidth = lineWidth, LinePattern = pattern, MarkerStyle = marker,
        };
        TextStyle.Body.Apply(item.LabelStyle);
        return item;
    }
}
