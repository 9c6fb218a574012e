using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Below the panels: what dashes, rings and bands mean, then the name of every curve that has a colour of its own.</summary>
internal sealed class CurveLegend(ImmutableArray<Curve> curves, float width)
{
    private const float Gap = 8;
    private const float SymbolWidth = 44;
    private const float RowHeight = 27;

    private readonly ImmutableArray<Legend> _parts = [Of(Keys(curves), tight: true), Of(Names(curves, width), tight: false)];

    public float Height
    {
        get
        {
            using Paint paint = Paint.NewDisposablePaint();
            return _parts.Sum(part => HeightOf(part, paint));
        }
    }

    public void Draw(SKCanvas canvas, float left, float top)
    {
        using Paint paint = Paint.NewDisposablePaint();
        foreach (Legend part in _parts)
        {
            float height = HeightOf(part, paint);
            part.Render(canvas, paint, new PixelRect(left, left + width, top + height, top), Alignment.UpperLeft);
            top += height;
        }
    }

    private static Legend Of(IEnumerable<LegendItem> items, bool tight) => new(new Plot())
    {
        ManualItems = [.. items],
        Orientation = Orientation.Horizontal,
        TightHorizontalWrapping = tight,
        SymbolWidth = SymbolWidth,
        SymbolHeight = RowHeight,
        SymbolPadding = 10,
        InterItemPadding = new PixelPadding(0, 30, 0, 0),
        Padding = new PixelPadding(0, 0, 0, Gap),
        OutlineWidth = 0,
        ShadowColor = Colors.Transparent,
    };

    private static IEnumerable<LegendItem> Keys(ImmutableArray<Curve> curves)
    {
        var style = new CurveStyle(Palette.Ink, MarkerShape.FilledCircle);
        yield return Item("training", style.Colour, 1.6f, style.Training, CurveStyle.Dashes);
        yield return Item("validation", style.Colour, 2.2f, style.Validation, LinePattern.Solid);
        yield return Item("lowest validation loss", style.Colour, 0, style.Best, LinePattern.Solid);
        if (!curves.Any(curve => curve.ValidationLoss.Any(point => point.Deviation > 0))) yield break;

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

    private float HeightOf(Legend part, Paint paint) =>
        part.ManualItems.Count == 0 ? 0 : part.GetLayout(new PixelSize(width, float.MaxValue), paint).LegendRect.Height;
}
