using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Experiments.Pictures;

/// <summary>One metric of every experiment over the epochs: training dashed, validation solid and with the band over the seeds.</summary>
internal static class CurvePanel
{
    public const double BandAlpha = 0.2;

    /// <summary>Of more curves than these markers are fewer and lines thinner.</summary>
    private const int FewCurves = 8;

    public static Plot Of(string heading, bool mayBeLogarithmic, ImmutableArray<Curve> curves, Func<Curve, Metric> metric)
    {
        ImmutableArray<Metric> metrics = [.. curves.Select(metric)];
        var values = ValueAxis.Of(metrics.SelectMany(Extremes), mayBeLogarithmic);
        Plot plot = Chart.Empty(values.Logarithmic ? heading + " (logarithmic)" : heading);
        values.Apply(plot);
        ApplyEpochs(plot, [.. metrics.SelectMany(curve => curve.Validation).Select(point => point.Epoch)]);
        if (metrics.All(curve => curve.Validation.IsEmpty)) AddNothingYet(plot);

        // The first experiment comes last, on top.
        var drawn = metrics.Select((curve, index) => new Drawn(curve, CurveStyle.Of(index), index, values)).Reverse().ToList();
        bool few = curves.Length <= FewCurves;
        float lineWidth = few ? 2.2f : 1.5f;
        drawn.ForEach(curve => AddBand(plot, curve));
        foreach (Drawn curve in drawn)
        {
            AddLine(plot, curve, curve.Metric.Train, lineWidth * 0.75f, CurveStyle.Dashes);
            AddLine(plot, curve, curve.Metric.Validation, lineWidth, LinePattern.Solid);
        }

        drawn.ForEach(curve => AddMarkers(plot, curve, most: few ? 12 : 4));
        foreach (Drawn curve in drawn.Where(curve => curve.Index < CurveStyle.Distinct))
            AddBest(plot, curve, curves[curve.Index].BestEpoch, scale: few ? 1 : 0.6f);
        return plot;
    }

    private static void ApplyEpochs(Plot plot, int[] epochs)
    {
        (int first, int last) = (epochs.DefaultIfEmpty(1).Min(), epochs.DefaultIfEmpty(1).Max());
        double margin = last > first ? (last - first) * 0.025 : 0.5;
        plot.Axes.SetLimitsX(first - margin, last + margin);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true, LabelFormatter = epoch => epoch.ToString("N0", CultureInfo.InvariantCulture),
        };
        plot.Axes.Bottom.Label.Text = "Epoch";
        plot.Grid.XAxisStyle.IsVisible = false;
    }

    private static void AddNothingYet(Plot plot)
    {
        var text = plot.Add.Text("no epoch yet", plot.Axes.GetLimits().Center);
        text.LabelStyle.Alignment = Alignment.MiddleCenter;
        TextStyle.Note.Apply(text.LabelStyle);
    }

    private static void AddBand(Plot plot, Drawn curve)
    {
        var band = curve.Metric.Validation
            .Select(point => ((double)point.Epoch, curve.Values.Place(point.Mean + point.Deviation), curve.Values.Place(point.Mean - point.Deviation)))
            .Where(edges => double.IsFinite(edges.Item2) && double.IsFinite(edges.Item3)).ToList();
        if (curve.Metric.Validation.Any(point => point.Deviation > 0) && band.Count > 0)
        {
            var fill = plot.Add.FillY(band);
            fill.FillColor = curve.Style.Colour.OfPlot.WithAlpha(BandAlpha);
            fill.LineWidth = 0;
            fill.MarkerSize = 0;
        }
    }

    private static void AddLine(Plot plot, Drawn curve, ImmutableArray<CurvePoint> points, float width, LinePattern pattern)
    {
        var line = plot.Add.ScatterLine(curve.At(points), curve.Style.Colour.OfPlot);
        line.LineWidth = width;
        line.LinePattern = pattern;
    }

    private static void AddMarkers(Plot plot, Drawn curve, int most)
    {
        int every = Math.Max(1, (int)Math.Ceiling(curve.Metric.Validation.Length / (double)most));
        plot.Add.ScatterPoints(curve.At(curve.Metric.Train.Where(IsMarked))).MarkerStyle = curve.Style.Training;
        plot.Add.ScatterPoints(curve.At(curve.Metric.Validation.Where(IsMarked))).MarkerStyle = curve.Style.Validation;

        // Each curve begins elsewhere, so that markers of curves that run together do not hide one another.
        bool IsMarked(CurvePoint point, int number) => number % every == curve.Index % every;
    }

    private static void AddBest(Plot plot, Drawn curve, int? epoch, float scale)
    {
        MarkerStyle ring = curve.Style.Best;
        ring.Size *= scale;
        ring.LineWidth *= scale;
        plot.Add.ScatterPoints(curve.At(curve.Metric.Validation.Where(point => point.Epoch == epoch))).MarkerStyle = ring;
    }

    /// <summary>All that the panel is to show, the band's edges included.</summary>
    private static IEnumerable<double> Extremes(Metric curve) =>
    [
        .. curve.Train.Select(point => point.Mean),
        .. curve.Validation.Select(point => point.Mean + point.Deviation),
        .. curve.Validation.Select(point => point.Mean - point.Deviation),
    ];

    private sealed record Drawn(Metric Metric, CurveStyle Style, int Index, ValueAxis Values)
    {
        public Coordinates[] At(IEnumerable<CurvePoint> points) => [.. points.Select(point => new Coordinates(point.Epoch, Values.Place(point.Mean)))];
    }
}
