using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Where the parts of a confusion matrix's picture lie; lengths are in pixels.</summary>
/// <param name="CountSize">Font size of the counts; null where the cells are too many to be read.</param>
internal sealed record ConfusionLayout(
    int Width, int Height, SKRect Grid, float CellSide, float? CountSize, ClassLabels Rows, ClassLabels Columns, float PredictedTop, SKRect Scale)
{
    private const int MostReadable = 100;
    private const float MaximumSide = 2800;
    private const float SmallestCount = 10;
    private const float ScaleRoom = 150;

    public static ConfusionLayout Of(string title, ImmutableArray<ImmutableArray<int>> matrix, ImmutableArray<string> classes)
    {
        float longest = matrix.SelectMany(row => row).Max(count => new TextStyle(SmallestCount, Palette.Ink).Measure(Text(count)));
        float side = MathF.Floor(Math.Clamp(1040f / classes.Length, 24, 96));
        side = MathF.Ceiling(Math.Max(side, longest + 6));
        bool readable = classes.Length <= MostReadable;
        if (!readable) side = Math.Max(1, MathF.Floor(MaximumSide / classes.Length));
        float? countSize = readable ? MathF.Min(19, MathF.Floor(SmallestCount * (side - 6) / longest)) : null;

        var rows = ClassLabels.OfRows(classes, side);
        var columns = ClassLabels.OfColumns(classes, side);
        float left = Sheet.Margin + TextStyle.Heading.LineHeight + 12 + Math.Max(rows.Extent, columns.Overhang - (side / 2));
        float length = side * classes.Length;
        int width = (int)MathF.Ceiling(left + length + ScaleRoom + Sheet.Margin);
        float top = Sheet.TitleHeight(title, width);
        var grid = SKRect.Create(MathF.Round(left), MathF.Round(top), length, length);
        float predictedTop = grid.Bottom + columns.Extent + 8;
        var scale = SKRect.Create(grid.Right + 28, grid.Top, 22, Math.Min(length, 480));
        int height = (int)MathF.Ceiling(Math.Max(predictedTop + TextStyle.Heading.LineHeight, scale.Bottom) + Sheet.Margin);
        return new ConfusionLayout(width, height, grid, side, countSize, rows, columns, predictedTop, scale);
    }

    public static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public SKRect Cell(int row, int column) =>
        SKRect.Create(Grid.Left + (column * CellSide), Grid.Top + (row * CellSide), CellSide, CellSide);
}
