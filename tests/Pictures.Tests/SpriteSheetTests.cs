using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class SpriteSheetTests
{
    [Theory]
    [InlineData(7, 3, 3, 3)]
    [InlineData(6, 3, 3, 2)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 40, 2, 1)]
    [InlineData(5, 1, 1, 5)]
    public void EachImageIsInItsPlacePixelForPixelAndTheRestIsBlack(int count, int columns, int drawnColumns, int rows)
    {
        const int Height = 5, Width = 4;
        GreyImage[] images = [.. Enumerable.Range(0, count).Select(number => Noise(number, Height, Width))];

        var sheet = new Decoded(SpriteSheet.Draw(images, columns));

        Assert.Equal((drawnColumns * Width, rows * Height), (sheet.Width, sheet.Height));
        for (int place = 0; place < drawnColumns * rows; place++)
        {
            var area = SKRectI.Create(place % drawnColumns * Width, place / drawnColumns * Height, Width, Height);
            byte[] expected = place < count ? images[place].Pixels.ToArray() : new byte[Height * Width];
            Assert.Equal(expected.Select(grey => new SKColor(grey, grey, grey)), sheet.Pixels(area));
        }
    }

    [Fact]
    public void AThousandImagesAreOneSmallPicture()
    {
        GreyImage[] images = [.. Enumerable.Range(0, 1000).Select(number => Noise(number, 28, 28))];

        // Noise does not compress: the pixels take a byte each, where colours would take three.
        Assert.InRange(SpriteSheet.Draw(images, 40).Length, 0, (int)(1.05 * 1000 * 28 * 28));
    }

    [Fact]
    public void WhatMakesNoSheetIsRefused()
    {
        Assert.Contains("at least one image", Assert.Throws<ArgumentException>(() => SpriteSheet.Draw([], 4)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "An image of 28 × 14 does not fit among images of 28 × 28.",
            Assert.Throws<ArgumentException>(() => SpriteSheet.Draw([Some.Image(), Some.Image(28, 14)], 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SpriteSheet.Draw([Some.Image()], 0));
        Assert.Contains("does not fit in memory", Assert.Throws<ArgumentException>(() => SpriteSheet.Draw([.. Enumerable.Repeat(Some.Image(3000, 3000), 300)], 10)).Message, StringComparison.Ordinal);
    }

    private static GreyImage Noise(int seed, int height, int width)
    {
        byte[] pixels = new byte[height * width];
        new Random(seed).NextBytes(pixels);
        return new GreyImage(height, width, pixels);
    }
}
