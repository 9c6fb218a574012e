using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>A confusion matrix: the counts as numbers, and each row's shares as shades.</summary>
public static class ConfusionPicture
{
    /// <param name="title">Above the matrix.</param>
    /// <param name="matrix">Number of images by true class (row) and predicted class (column).</param>
    /// <param name="classes">Name of each row and column.</param>
    /// <returns>A PNG; its size follows from the number of classes, their names and the counts.</returns>
    /// <exception cref="ArgumentException">The matrix has another size than there are classes.</exception>
    public static byte[] Png(string title, ImmutableArray<ImmutableArray<int>> matrix, ImmutableArray<string> classes)
    {
        if (matrix.Length != classes.Length || matrix.Any(row => row.Length != classes.Length))
            throw new ArgumentException($"The matrix is not one of {classes.Length} × {classes.Length}, a row and a column per class.", nameof(matrix));

        var layout = ConfusionLayout.Of(title, matrix, classes);
        return Sheet.Png(title, layout.Width, layout.Height, canvas =>
        {
            for (int row = 0; row < classes.Length; row++)
            {
                long images = matrix[row].Sum(count => (long)count);
                for (int column = 0; column < classes.Length; column++)
                    DrawCell(canvas, layout, layout.Cell(row, column), matrix[row][column], images);
            }

            SKRect grid = layout.Grid;
            canvas.Outline(grid, Palette.Frame);
            layout.Rows.Draw(canvas, grid);
            layout.Columns.Draw(canvas, grid);
            TextStyle.Heading.Draw(canvas, "Predicted class", grid.MidX, layout.PredictedTop, SKTextAlign.Center);
            canvas.Turned(Sheet.Margin, grid.MidY, 90, () => TextStyle.Heading.Draw(canvas, "True class", 0, 0, SKTextAlign.Center));
            DrawScale(canvas, layout.Scale);
        });
    }

    private static void DrawCell(SKCanvas canvas, ConfusionLayout layout, SKRect cell, int count, long images)
    {
        SKColor shade = ColourMap.Blues.At(images > 0 ? (double)count / images : 0);
        canvas.Fill(cell, shade);
        if (layout.CountSize is { } size)
        {
            canvas.Outline(cell, Palette.Grid);
            var style = new TextStyle(size, count == 0 ? Palette.Frame : ColourMap.InkOn(shade));
            style.Draw(canvas, ConfusionLayout.Text(count), cell.MidX, cell.MidY - (style.LineHeight / 2), SKTextAlign.Center);
        }
    }

    private static void DrawScale(SKCanvas canvas, SKRect scale)
    {
        for (int y = 0; y < scale.Height; y++)
            canvas.Fill(SKRect.Create(scale.Left, scale.Top + y, scale.Width, 1), ColourMap.Blues.At(1 - (y / (double)(scale.Height - 1))));
        canvas.Outline(scale, Palette.Frame);
        for (int percent = 0; percent <= 100; percent += 25)
        {
            float y = scale.Bottom - (scale.Height * percent / 100);
            canvas.Line(scale.Right, y, scale.Right + 5, y, Palette.Frame);
            TextStyle.Note.Draw(canvas, string.Create(CultureInfo.InvariantCulture, $"{percent} %"), scale.Right + 9, y - (TextStyle.Note.LineHeight / 2));
        }

        canvas.Turned(scale.Right + 66, scale.MidY, 90, () => TextStyle.Note.Draw(canvas, "of the true class", 0, 0, SKTextAlign.Center));
    }
}
