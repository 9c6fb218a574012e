using System.Collections.Immutable;
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
        ImmutableArray<Chart> charts = DistributionCharts.Of(Some.Classes, [("Train", [100, 50, 0]), ("Test", [10, 20, 40])]);

        Assert.Equal([230, 115, 0], Enumerable.Range(0, 3).Select(index => Length(0, index)));
        Assert.Equal([57, 115, 230], Enumerable.Range(0, 3).Select(index => Length(1, index)));

        int Length(int part, int index)
        {
            float left = Sheet.Margin + charts[..part].Sum(chart => chart.Width + Sheet.ChartGap) + charts[part].Padding.Left;
            float middle = Sheet.TitleHeight("data", picture.Width) + charts[part].Padding.Top + (charts[part].Data.Height / 3 * (index + 0.5f));
            var row = SKRectI.Create((int)left, (int)middle, 260, 1);
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
        ImmutableArray<Chart> charts = DistributionCharts.Of(Some.Numbered(classes), [("Train", [.. Enumerable.Range(0, classes)]), ("Empty", [.. new int[classes]])]);

        Assert.Equal(2, charts.Length);
        Assert.True(charts.Sum(chart => chart.Width) < picture.Width && charts.Max(chart => chart.Height) < picture.Height);
        Assert.All(charts, chart => Assert.True(chart.Data.Height >= classes * TextStyle.Body.LineHeight));
        Assert.Equal(charts[0].Padding.Top, charts[1].Padding.Top);
    }

    [Fact]
    public void CountsThatDoNotFitTheClassesAreRefused()
    {
        Assert.Contains("'Train'", Assert.Throws<ArgumentException>(() => DistributionPicture.Png("data", Some.Classes, [("Train", [1, 2])])).Message);
        Assert.Throws<ArgumentException>(() => DistributionPicture.Png("data", Some.Classes, [("Train", [1, 2, -1])]));
    }
}
