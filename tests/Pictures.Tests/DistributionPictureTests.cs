using Experiments.Pictures.Drawing;
using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class DistributionPictureTests
{
    [Fact]
    public void ABarIsAsLongAsItsCount()
    {
        var picture = new Decoded(DistributionPicture.Png("data", Some.Classes, [("Train", [100, 50, 0]), ("Test", [10, 20, 40])]));
        var layout = DistributionLayout.Of("data", Some.Classes, [("Train", [100, 50, 0]), ("Test", [10, 20, 40])]);

        Assert.Equal([230, 115, 0], Enumerable.Range(0, 3).Select(index => Length(0, index)));
        Assert.Equal([57, 115, 230], Enumerable.Range(0, 3).Select(index => Length(1, index)));

        int Length(int part, int index)
        {
            var row = SKRectI.Create((int)layout.PanelLeft(part), (int)layout.RowMiddle(index), 260, 1);
            int pixels = picture.Pixels(row).Count(pixel => pixel == Palette.Series[part]);

            // The axis covers the first pixel of a bar, and an edge that is not on a pixel's border is no full colour.
            return pixels == 0 ? 0 : pixels + 1;
        }
    }

    [Fact]
    public void CountsNamesAndPartsAreDrawn()
    {
        byte[] picture = DistributionPicture.Png("data", Some.Classes, [("Train", [100, 100, 100])]);

        Assert.NotEqual(picture, DistributionPicture.Png("data", Some.Classes, [("Train", [200, 200, 200])]));
        Assert.NotEqual(picture, DistributionPicture.Png("data", Some.Classes, [("Test", [100, 100, 100])]));
        Assert.NotEqual(picture, DistributionPicture.Png("data", ["Trouser", "T-shirt/top", "Pullover"], [("Train", [100, 100, 100])]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void EveryNumberOfClassesHasARowEach(int classes)
    {
        var picture = new Decoded(DistributionPicture.Png("data", Some.Numbered(classes), [("Train", [.. Enumerable.Range(0, classes)]), ("Empty", [.. new int[classes]])]));
        var layout = DistributionLayout.Of("data", Some.Numbered(classes), [("Train", [.. Enumerable.Range(0, classes)]), ("Empty", [.. new int[classes]])]);

        Assert.Equal((layout.Width, layout.Height), (picture.Width, picture.Height));
        Assert.True(layout.RowsBottom < picture.Height);
        Assert.True(layout.RowHeight >= TextStyle.Body.LineHeight);
    }

    [Fact]
    public void CountsThatDoNotFitTheClassesAreRefused()
    {
        Assert.Contains("'Train'", Assert.Throws<ArgumentException>(() => DistributionPicture.Png("data", Some.Classes, [("Train", [1, 2])])).Message);
        Assert.Throws<ArgumentException>(() => DistributionPicture.Png("data", Some.Classes, [("Train", [1, 2, -1])]));
    }
}
