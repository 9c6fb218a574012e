using System.Collections.Immutable;
using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class ConfusionPictureTests
{
    [Fact]
    public void ACellIsDarkerTheHigherItsShareOfTheRow()
    {
        var matrix = Some.Matrix([60, 30, 10], [1, 0, 99], [5, 0, 0]);
        var layout = ConfusionLayout.Of("grid", matrix, Some.Classes);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, Some.Classes));

        Assert.True(Light(0, 0) < Light(0, 1));
        Assert.True(Light(0, 1) < Light(0, 2));
        Assert.True(Light(1, 2) < Light(0, 0));
        Assert.True(Light(2, 0) < Light(1, 2));

        int Light(int row, int column)
        {
            SKRect cell = layout.Cell(row, column);
            SKColor shade = picture[cell.Left + 4, cell.Top + 4];
            return shade.Red + shade.Green + shade.Blue;
        }
    }

    [Fact]
    public void CountsAreReadableOnEveryShade()
    {
        var matrix = Some.Matrix([50, 50, 0], [100, 0, 0], [20, 30, 50]);
        var layout = ConfusionLayout.Of("grid", matrix, Some.Classes);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, Some.Classes));

        foreach ((int row, int column) in from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 3) where matrix[row][column] > 0 select (row, column))
        {
            var cell = SKRectI.Round(SKRect.Inflate(layout.Cell(row, column), -4, -4));
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
        var layout = ConfusionLayout.Of("grid", matrix, names);
        var picture = new Decoded(ConfusionPicture.Png("grid", matrix, names));

        Assert.Equal((layout.Width, layout.Height), (picture.Width, picture.Height));
        Assert.True(layout.Rows.Extent <= layout.Grid.Left && layout.Columns.Overhang <= layout.Grid.Left + (layout.CellSide / 2));
        Assert.True(layout.Cell(classes - 1, classes - 1).Right < picture.Width && layout.PredictedTop < picture.Height);
        Assert.Equal(classes <= 100, layout.CountSize is not null);
        Assert.All(layout.Rows.Lines.Concat(layout.Columns.Lines), lines => Assert.EndsWith("x", lines[^1]));
        if (layout.CountSize is { } size)
            Assert.True(new Drawing.TextStyle(size, SKColors.Black).Measure(ConfusionLayout.Text(count)) < layout.CellSide);
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
}
