using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>A heat map of the shares of each row, with the counts in its cells.</summary>
internal static class ConfusionChart
{
    private const int MostReadable = 100;

    private const float MaximumSide = 2800;
    private const float SmallestCount = 10;
    private const float CountRoom = 10;
    private const float LabelGap = 8;

    public static Chart Of(ImmutableArray<ImmutableArray<int>> matrix, ImmutableArray<string> classes)
    {
        (float side, float? countSize) = CellOf(matrix);
        Plot plot = Chart.Empty("");
        plot.Axes.SetLimits(-0.5, classes.Length - 0.5, classes.Length - 0.5, -0.5);
        AddCells(plot, matrix, countSize);
        AddLabels(plot, ClassLabels.Of(classes, side), side);
        return Chart.Around(plot, side * classes.Length, side * classes.Length);
    }

    public static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Side of a cell in pixels, and the counts' font size; null where the cells are too many for counts to be read.</summary>
    public static (float Side, float? CountSize) CellOf(ImmutableArray<ImmutableArray<int>> matrix)
    {
        if (matrix.Length > MostReadable) return (Math.Max(1, MathF.Floor(MaximumSide / matrix.Length)), null);

        float longest = matrix.SelectMany(row => row).Max(count => new TextStyle(SmallestCount, Palette.Ink).Measure(Text(count)));
        float side = MathF.Ceiling(Math.Max(MathF.Floor(Math.Clamp(1040f / matrix.Length, 24, 96)), longest + CountRoom));
        return (side, MathF.Min(19, MathF.Floor(SmallestCount * (side - CountRoom) / longest)));
    }

    private static void AddCells(Plot plot, ImmutableArray<ImmutableArray<int>> matrix, float? countSize)
    {
        var shares = new double[matrix.Length, matrix.Length];
        for (int row = 0; row < matrix.Length; row++)
        {
            long images = matrix[row].Sum(count => (long)count);
            for (int column = 0; column < matrix.Length; column++)
            {
                double share = images > 0 ? (double)matrix[row][column] / images : 0;
                shares[row, column] = share;
                if (countSize is { } size) AddCount(plot, row, column, matrix[row][column], size, ColourMap.Blues.At(share));
            }
        }

        var cells = plot.Add.Heatmap(shares);
        plot.MoveToBack(cells);
        cells.Colormap = ColourMap.Blues;
        cells.ManualRange = new ScottPlot.Range(0, 1);
        cells.FlipVertically = true;
        cells.Rectangle = new CoordinateRect(-0.5, matrix.Length - 0.5, matrix.Length - 0.5, -0.5);
        plot.Grid.MajorLineWidth = 0;
        plot.Grid.MinorLineWidth = countSize is null ? 0 : 1;
        plot.Grid.MinorLineColor = Palette.Grid.OfPlot;
        plot.Grid.IsBeneathPlottables = false;
        AddScale(plot, cells);
    }

    private static void AddCount(Plot plot, int row, int column, int count, float size, SKColor ground)
    {
        var text = plot.Add.Text(Text(count), column, row);
        text.LabelStyle.Alignment = Alignment.MiddleCenter;
        new TextStyle(size, count == 0 ? Palette.Frame : ColourMap.InkOn(ground)).Apply(text.LabelStyle);
    }

    private static void AddScale(Plot plot, IHasColorAxis cells)
    {
        var scale = plot.Add.ColorBar(cells);
        Chart.Dress(scale.Axis);
        double[] shares = [0, 0.25, 0.5, 0.75, 1];
        scale.Axis.TickGenerator = new NumericManual(shares, [.. shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{100 * share} %"))]);
        scale.Axis.Label.Text = "of the true class";
    }

    private static void AddLabels(Plot plot, ClassLabels labels, float side)
    {
        labels.Apply(plot.Axes.Left);
        labels.Apply(plot.Axes.Bottom);
        if (labels.Width > side - 6)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            (plot.Axes.Bottom.TickLabelStyle.OffsetX, plot.Axes.Bottom.TickLabelStyle.OffsetY) = (labels.Style.Size * TextStyle.Descent, LabelGap);
            plot.Axes.Bottom.MinimumSize = labels.Width + (2 * LabelGap) + TextStyle.Body.LineHeight + 8;
        }

        plot.Axes.Left.Label.Text = "True class";
        plot.Axes.Bottom.Label.Text = "Predicted class";
    }
}
