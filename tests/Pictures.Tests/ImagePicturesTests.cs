using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class ImagePicturesTests
{
    private static readonly GreyImage Half = new(2, 2, new byte[] { 0, 255, 0, 255 });

    [Fact]
    public void CorrectImagesAreGreenAndIncorrectOnesRed()
    {
        ImmutableArray<ClassifiedImage> images = [new(Some.Image(), "Bag", "Shirt", 0.75)];
        var correct = new Decoded(ClassifiedPicture.Png("dropout", images, correct: true));
        var incorrect = new Decoded(ClassifiedPicture.Png("dropout", images, correct: false));

        Assert.Equal(224 * 224, correct.Count(ColourMap.Greens.At(1)));
        Assert.Equal(224 * 224, incorrect.Count(ColourMap.Reds.At(1)));
    }

    [Fact]
    public void PixelsAreCrispSquares()
    {
        var picture = new Decoded(ClassifiedPicture.Png("dropout", [new(Half, "Bag", "Bag", 1)], correct: true));

        Assert.Equal(112 * 224, picture.Count(ColourMap.Greens.At(0)));
        Assert.Equal(112 * 224, picture.Count(ColourMap.Greens.At(1)));
    }

    [Fact]
    public void ImagesKeepTheirProportionsAndLargeOnesAreReduced()
    {
        var tall = new Decoded(ClassifiedPicture.Png("dropout", [new(Some.Image(64, 48), "Bag", "Bag", 1)], correct: true));
        var large = new Decoded(ClassifiedPicture.Png("dropout", [new(Some.Image(896, 448), "Bag", "Bag", 1)], correct: true));

        Assert.Equal(3 * 64 * 3 * 48, tall.Count(ColourMap.Greens.At(1)));
        Assert.Equal(224 * 112, large.Count(ColourMap.Greens.At(1)));
    }

    [Fact]
    public void FourRowsOfFourAreDrawnAndNoMore()
    {
        ImmutableArray<ClassifiedImage> images = [.. Enumerable.Repeat(new ClassifiedImage(Some.Image(), "Bag", "Bag", 1), 20)];
        var all = new Decoded(ClassifiedPicture.Png("dropout", images, correct: true));
        var five = new Decoded(ClassifiedPicture.Png("dropout", images[..5], correct: true));

        Assert.Equal(16 * 224 * 224, all.Count(ColourMap.Greens.At(1)));
        Assert.Equal(5 * 224 * 224, five.Count(ColourMap.Greens.At(1)));
        Assert.Equal(1044, all.Width);
        Assert.True(five.Height < all.Height);
    }

    [Fact]
    public void NoImageIsSaidSo()
    {
        var none = new Decoded(ClassifiedPicture.Png("dropout", [], correct: false));

        Assert.Equal(1044, none.Width);
        Assert.True(none.HasInk(SKRectI.Create(32, 81, 80, 24)));
    }

    [Fact]
    public void SwappedClassesAndAnotherProbabilityChangeThePicture()
    {
        byte[] picture = ClassifiedPicture.Png("dropout", [new(Half, "Bag", "Shirt", 0.75)], correct: false);

        Assert.NotEqual(picture, ClassifiedPicture.Png("dropout", [new(Half, "Shirt", "Bag", 0.75)], correct: false));
        Assert.NotEqual(picture, ClassifiedPicture.Png("dropout", [new(Half, "Bag", "Shirt", 0.76)], correct: false));
    }

    [Fact]
    public void SamplesOfTheFirstPartAreGreenAndOfTheSecondBlue()
    {
        LabelledImage bag = new(Some.Image(), "Bag");

        var picture = new Decoded(SamplesPicture.Png("fashion-mnist", [("Train", [bag, bag, bag]), ("Test", [bag, bag])], perRow: 2));

        Assert.Equal(3 * 140 * 140, picture.Count(ColourMap.Greens.At(1)));
        Assert.Equal(2 * 140 * 140, picture.Count(ColourMap.Blues.At(1)));
        Assert.Equal((2 * 140) + 16 + 64, picture.Width);
    }

    [Fact]
    public void SwappedLabelsChangeTheSamples()
    {
        (LabelledImage bag, LabelledImage shirt) = (new(Half, "Bag"), new(Half, "Shirt"));

        Assert.NotEqual(
            SamplesPicture.Png("fashion-mnist", [("Train", [bag, shirt])], perRow: 4),
            SamplesPicture.Png("fashion-mnist", [("Train", [shirt, bag])], perRow: 4));
    }

    [Fact]
    public void PixelsThatDoNotFitTheirSizeAreRefused()
    {
        Assert.Contains("783 pixels", Assert.Throws<ArgumentException>(() => new GreyImage(28, 28, new byte[783])).Message);
        Assert.Throws<ArgumentException>(() => new GreyImage(0, 0, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplesPicture.Png("fashion-mnist", [], perRow: 0));
    }
}
