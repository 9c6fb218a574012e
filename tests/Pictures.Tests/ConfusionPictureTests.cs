using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class ConfusionPictureTests
{
    [Fact]
    public void ACellIsDarkerTheHigherItsShareOfTheRow()
    {
        var matrix = Some.Matrix([60, 30, 10], [1, 0, 99], [5, 0, 0]);
        Chart chart = ConfusionChart.Of(matrix, Some.Classes);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, Some.Classes));

        Assert.True(Light(0, 0) < Light(0, 1));
        Assert.True(Light(0, 1) < Light(0, 2));
        Assert.True(Light(1, 2) < Light(0, 0));
        Assert.True(Light(2, 0) < Light(1, 2));

        int Light(int row, int column)
        {
            SKRect cell = Cell(chart, 3, row, column);
            SKColor shade = picture[cell.Left + 4, cell.Top + 4];
            return shade.Red + shade.Green + shade.Blue;
        }
    }

    [Fact]
    public void CountsAreReadableOnEveryShade()
    {
        var matrix = Some.Matrix([50, 50, 0], [100, 0, 0], [20, 30, 50]);
        Chart chart = ConfusionChart.Of(matrix, Some.Classes);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, Some.Classes));

        foreach ((int row, int column) in from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 3) where matrix[row][column] > 0 select (row, column))
        {
            var cell = SKRectI.Round(SKRect.Inflate(Cell(chart, 3, row, column), -4, -4));
            int ground = Light(picture[cell.Left, cell.Top]);
            Assert.Contains(picture.Pixels(cell), pixel => Math.Abs(Light(pixel) - ground) > 300);
        }

        static int Light(SKColor colour) => colour.Red + colour.Green + colour.Blue;
    }

    [Fact]
    public void SwappedNamesAndCountsChangeThePicture()
    {
        var matrix = Some.Matrix([60, 40], [10, 90]);
        byte[] picture = ConfusionPicture.Png("grid", matrix, ["Bag", "Shirt"]);

        Assert.NotEqual(picture, ConfusionPicture.Png("grid", matrix, ["Shirt", "Bag"]));
        Assert.NotEqual(picture, ConfusionPicture.Png("grid", Some.Matrix([60, 10], [40, 90]), ["Bag", "Shirt"]));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 1000)]
    [InlineData(10, int.MaxValue)]
    [InlineData(100, 9999)]
    [InlineData(300, 1)]
    public void EveryNumberOfClassesGivesASheetThatHoldsTheMatrixItsNamesAndItsCounts(int classes, int count)
    {
        ImmutableArray<string> names = [.. Some.Numbered(classes).Select(name => name + new string('x', 90))];
        var matrix = Some.Diagonal(classes, count);
        Chart chart = ConfusionChart.Of(matrix, names);
        (float side, float? countSize) = ConfusionChart.CellOf(matrix);
        var labels = ClassLabels.Of(names, side);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, names));

        Assert.Equal(side * classes, chart.Data.Width);
        Assert.True(labels.Width <= chart.Padding.Left && labels.Width <= chart.Padding.Bottom);
        Assert.True(Sheet.Margin + chart.Width < picture.Width && Sheet.Margin + chart.Height < picture.Height);
        Assert.Equal(classes <= 100, countSize is not null);
        Assert.All(labels.Texts.Where(text => text.Length > 0), text => Assert.EndsWith("x", text));
        if (countSize is { } size)
            Assert.True(new TextStyle(size, SKColors.Black).Measure(ConfusionChart.Text(count)) < side);
    }

    [Fact]
    public void NothingIsDrawnOnTheSheetsEdge()
    {
        foreach (int classes in new[] { 2, 14, 100 })
        {
            ImmutableArray<string> names = [.. Enumerable.Range(0, classes).Select(index => Some.AwkwardNames[index % Some.AwkwardNames.Length])];
            var picture = new Decoded(ConfusionPicture.Png(new string('W', 100), Some.Diagonal(classes, 7), names));

            Assert.False(picture.HasInk(SKRectI.Create(0, 0, picture.Width, 8)));
            Assert.False(picture.HasInk(SKRectI.Create(0, picture.Height - 8, picture.Width, 8)));
            Assert.False(picture.HasInk(SKRectI.Create(0, 0, 8, picture.Height)));
            Assert.False(picture.HasInk(SKRectI.Create(picture.Width - 8, 0, 8, picture.Height)));
        }
    }

    [Fact]
    public void AMatrixOfAnotherSizeIsRefused()
    {
        Assert.Contains("3 × 3", Assert.Throws<ArgumentException>(() => ConfusionPicture.Png("grid", Some.Diagonal(2, 1), Some.Classes)).Message);
        Assert.Throws<ArgumentException>(() => ConfusionPicture.Png("grid", Some.Matrix([1, 2], [3]), ["Bag", "Shirt"]));
    }

    [Fact]
    public void NoClassIsRefused()
    {
        Assert.Throws<ArgumentException>(() => ConfusionPicture.Png("grid", [], []));
    }

    /// <summary>Where a cell lies in the picture of a title of one line.</summary>
    private static SKRect Cell(Chart chart, int classes, int row, int column)
    {
        (float left, float top) = (Sheet.Margin + chart.Padding.Left, Sheet.TitleHeight("grid", width: 640) + chart.Padding.Top);
        float side = chart.Data.Width / classes;
        return SKRect.Create(left + (column * side), top + (row * side), side, side);
    }
}
