using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Accuracy and loss over the epochs, side by side: training dashed, validation solid, a star at the lowest validation loss.</summary>
public static class CurvesPicture
{
    private const int Width = 1600;
    private const int LeastHeight = 700;
    private const float LeastPanelHeight = 470;
    private const float PanelGap = 24;

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
        (CurvePanel accuracy, CurvePanel loss) = Panels(curves);
        var legend = CurveLegend.Of(curves, Width - (2 * Sheet.Margin));

        float top = Sheet.TitleHeight(title, Width);
        float legendRoom = legend.Height + Sheet.Margin;
        int height = (int)MathF.Ceiling(Math.Max(LeastHeight, top + LeastPanelHeight + legendRoom));
        return Sheet.Png(title, Width, height, canvas =>
        {
            float panelWidth = (Width - (2 * Sheet.Margin) - PanelGap) / 2;
            float panelHeight = height - top - legendRoom;
            accuracy.Draw(canvas, SKRect.Create(Sheet.Margin, top, panelWidth, panelHeight));
            loss.Draw(canvas, SKRect.Create(Sheet.Margin + panelWidth + PanelGap, top, panelWidth, panelHeight));
            legend.Draw(canvas, Sheet.Margin, height - legendRoom);
        });
    }

    private static (CurvePanel Accuracy, CurvePanel Loss) Panels(ImmutableArray<Curve> curves)
    {
        int[] seen = [.. curves.SelectMany(curve => curve.ValidationLoss).Select(point => point.Epoch)];
        var epochs = Axis.OfEpochs(seen.DefaultIfEmpty(1).Min(), seen.DefaultIfEmpty(1).Max());
        return (
            CurvePanel.Of("Accuracy", epochs, mayBeLogarithmic: false, [.. curves.Select((curve, index) =>
                new PanelCurve(CurveStyle.Of(index), curve.TrainAccuracy, curve.ValidationAccuracy, curve.BestEpoch))]),
            CurvePanel.Of("Loss", epochs, mayBeLogarithmic: true, [.. curves.Select((curve, index) =>
                new PanelCurve(CurveStyle.Of(index), curve.TrainLoss, curve.ValidationLoss, curve.BestEpoch))]));
    }
}
