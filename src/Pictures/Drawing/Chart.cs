using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>A plot of ScottPlot's in the font and colours of the other pictures, and the room it takes; lengths are in pixels.</summary>
/// <param name="Padding">Around the data: the heading's, the axes' and the labels' room.</param>
internal sealed record Chart(Plot Plot, SKSize Data, PixelPadding Padding)
{
    private const float HeadingGap = 4;

    /// <summary>More than any labels take.</summary>
    private const float Enough = 8192;

    public float Width => Padding.Left + Data.Width + Padding.Right;

    public float Height => Padding.Top + Data.Height + Padding.Bottom;

    /// <param name="heading">Above the data, from their left side; lines that are drawn as they come.</param>
    public static Plot Empty(string heading)
    {
        var plot = new Plot();
        foreach (IAxis axis in plot.Axes.GetAxes()) Dress(axis);
        plot.Grid.MajorLineColor = Palette.Grid.OfPlot;

        // The sheet's title and the other charts are on the same canvas.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        TextStyle.Heading.Apply(plot.Axes.Title.Label);
        plot.Axes.Title.Label.Alignment = Alignment.LowerLeft;
        plot.Axes.Title.Label.OffsetY -= HeadingGap;
        plot.Axes.Title.Label.Text = heading;
        return plot;
    }

    public static void Dress(IAxis axis)
    {
        TextStyle.Body.Apply(axis.Label);
        TextStyle.Note.Apply(axis.TickLabelStyle);
        axis.MajorTickStyle.Color = Palette.Frame.OfPlot;
        axis.MinorTickStyle.Length = 0;
        axis.FrameLineStyle.Color = Palette.Frame.OfPlot;
    }

    /// <summary>Gives the data a size of their own, and what is around them the room that ScottPlot measures for it.</summary>
    public static Chart Around(Plot plot, float width, float height)
    {
        using Paint paint = Paint.NewDisposablePaint();
        PixelRect all = new(Enough, Enough);
        PixelRect data = plot.Layout.LayoutEngine.GetLayout(all, plot, paint).DataRect;
        return Of(plot, new SKSize(width, height), new PixelPadding(
            MathF.Ceiling(data.Left), MathF.Ceiling(all.Right - data.Right), MathF.Ceiling(all.Bottom - data.Bottom), MathF.Ceiling(data.Top)));
    }

    public static Chart Of(Plot plot, SKSize data, PixelPadding padding)
    {
        plot.Layout.Fixed(padding);
        plot.Axes.Title.Label.OffsetX = -data.Width / 2;
        return new Chart(plot, data, padding);
    }

    /// <summary>Draws charts side by side.</summary>
    public static void DrawRow(SKCanvas canvas, IEnumerable<Chart> charts, float top)
    {
        float left = Sheet.Margin;
        foreach (Chart chart in charts)
        {
            chart.Draw(canvas, left, top);
            left += chart.Width + Sheet.ChartGap;
        }
    }

    private void Draw(SKCanvas canvas, float left, float top) => Plot.Render(canvas, new PixelRect(left, left + Width, top + Height, top));
}
