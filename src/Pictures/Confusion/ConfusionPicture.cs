using System.Collections.Immutable;
using Experiments.Pictures.Drawing;

namespace Experiments.Pictures;

/// <summary>A confusion matrix: the counts as numbers, and each row's shares as shades.</summary>
public static class ConfusionPicture
{
    /// <param name="title">Above the matrix.</param>
    /// <param name="matrix">Number of images by true class (row) and predicted class (column).</param>
    /// <param name="classes">Name of each row and column; at least one.</param>
    /// <returns>A PNG; its size follows from the number of classes, their names and the counts.</returns>
    /// <exception cref="ArgumentException">The matrix has another size than there are classes, or there is none.</exception>
    public static byte[] Png(string title, ImmutableArray<ImmutableArray<int>> matrix, ImmutableArray<string> classes)
    {
        if (classes.IsEmpty || matrix.Length != classes.Length || matrix.Any(row => row.Length != classes.Length))
            throw new ArgumentException($"The matrix is not one of {classes.Length} × {classes.Length}, a row and a column per class, for at least one.", nameof(matrix));

        return Sheet.Png(title, [ConfusionChart.Of(matrix, classes)]);
    }
}
