using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Accuracy and loss over the epochs, side by side: training dashed, validation solid, a ring at the best epoch.</summary>
public static class CurvesPicture
{
    private const int Width = 1600;
    private const int LeastHeight = 700;
    private const float LeastPanelHeight = 470;

    private static readonly PixelPadding PanelPadding = new(84, 8, 62, 32);

    /// <summary>
    /// Draws a colour and marker per experiment; of more than eight, where some share a variant, per variant the mean over its seeds and
    /// a band of one standard deviation to both sides. A loss that spans more than three powers of ten is drawn on a logarithmic axis.
    /// </summary>
    /// <param name="title">Above the panels.</param>
    /// <param name="experiments">In the order of their colours.</param>
    /// <returns>A PNG of 1600 × 700 pixels, higher where the legend takes more than a few rows.</returns>
    public static byte[] Png(string title, ImmutableArray<ExperimentSnapshot> experiments)
    {
        ImmutableArray<Curve> curves = Curve.Of(experiments);
        var legend = CurveLegend.Of(curves, Width - (2 * Sheet.Margin));
        Plot accuracy = CurvePanel.Of("Accuracy", mayBeLogarithmic: false, curves, curve => curve.Accuracy);
        Plot loss = CurvePanel.Of("Loss", mayBeLogarithmic: true, curves, curve => curve.Loss);

        float top = Sheet.TitleHeight(title, Width);
        float legendRoom = legend.Height + Sheet.Margin;
        int height = (int)MathF.Ceiling(Math.Max(LeastHeight, top + LeastPanelHeight + legendRoom));
        float panelWidth = (Width - (2 * Sheet.Margin) - Sheet.ChartGap) / 2f;
        var data = new SKSize(panelWidth - PanelPadding.Horizontal, height - top - legendRoom - PanelPadding.Vertical);
        return Sheet.Png(title, Width, height, canvas =>
        {
            Chart.DrawRow(canvas, [Chart.Of(accuracy, data, PanelPadding), Chart.Of(loss, data, PanelPadding)], top);
            legend.Draw(canvas, Sheet.Margin, height - legendRoom);
        });
    }
}
