using Experiments.Pictures.Drawing;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;
using Xunit;
using Palette = Experiments.Pictures.Drawing.Palette;

namespace Experiments.Pictures.Tests;

public class CurvesPictureTests
{
    /// <summary>The accuracy panel's plot and, below, where the legend begins.</summary>
    private static readonly SKRectI Plot = new(120, 120, 786, 530);

    private static readonly SKRectI LossPlot = new(900, 120, 1560, 530);

    [Fact]
    public void ThePictureIs1600By700AndHigherForALongLegend()
    {
        var few = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("baseline", Some.History(5))]));
        var many = new Decoded(CurvesPicture.Png("grid", [.. Enumerable.Range(0, 40).Select(number => Some.Experiment($"e{number}", Some.History(5, number)))]));

        Assert.Equal((1600, 700), (few.Width, few.Height));
        Assert.Equal(1600, many.Width);
        Assert.True(many.Height > 700);
    }

    [Fact]
    public void EachExperimentHasAColourOfItsOwn()
    {
        for (int experiments = 1; experiments <= 6; experiments++)
        {
            var picture = new Decoded(CurvesPicture.Png("grid", [.. Enumerable.Range(0, experiments).Select(number => Some.Experiment($"e{number}", Some.History(20, number)))]));

            foreach ((SKColor colour, int index) in Palette.Series.Select((colour, index) => (colour, index)))
                Assert.Equal(index < experiments, picture.Pixels(LossPlot).Contains(colour));
        }
    }

    [Fact]
    public void ValidationIsSolidAndTrainingDashed()
    {
        EpochMetrics[] level = [.. Enumerable.Range(1, 3).Select(epoch => Some.Epoch(epoch, trainAccuracy: 0.2, validationAccuracy: 0.9))];

        var picture = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("baseline", level)]));

        Assert.True(LongestRun(picture, Plot with { Bottom = Plot.MidY }) > 200);
        Assert.InRange(LongestRun(picture, Plot with { Top = Plot.MidY }), 4, 40);
    }

    [Fact]
    public void AValueThatIsNotFiniteBreaksTheLine()
    {
        EpochMetrics[] broken = [.. Enumerable.Range(1, 3).Select(epoch => Some.Epoch(epoch, trainAccuracy: 0.2, validationAccuracy: epoch == 2 ? double.NaN : 0.9))];

        var picture = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("baseline", broken)]));

        Assert.InRange(LongestRun(picture, Plot with { Bottom = Plot.MidY }), 4, 40);
    }

    [Fact]
    public void TheLowestValidationLossIsRinged()
    {
        var curves = Curve.Of([Some.Experiment("baseline", [.. Enumerable.Range(1, 5).Select(epoch => Some.Epoch(epoch, validationLoss: Math.Abs(epoch - 3)))])]);

        using var panel = CurvePanel.Of("Loss", mayBeLogarithmic: true, curves, curve => curve.Loss);

        var ring = Assert.Single(panel.GetPlottables<Scatter>(), scatter => scatter.MarkerStyle.Shape == MarkerShape.OpenCircle);
        Assert.Equal(new Coordinates(3, 0), Assert.Single(ring.Data.GetScatterPoints()));
    }

    [Fact]
    public void EpochsAreWholeNumbers()
    {
        Assert.Equal("1", Epochs(1));
        Assert.Equal("1 2 3", Epochs(3));
        Assert.Equal("0 5 10 15 20 25 30 35 40 45 50", Epochs(50));

        static string Epochs(int count)
        {
            using var panel = CurvePanel.Of(
                "Loss", mayBeLogarithmic: true, Curve.Of([Some.Experiment("baseline", Some.History(count))]), curve => curve.Loss);
            panel.RenderInMemory(750, 500);
            return string.Join(' ', panel.Axes.Bottom.TickGenerator.Ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label));
        }
    }

    [Fact]
    public void OneEpochAloneIsVisible()
    {
        var picture = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("baseline", Some.Epoch(1)), Some.Experiment("dropout", Some.Epoch(1, validationAccuracy: 0.7))]));

        Assert.Contains(Palette.Series[0], picture.Pixels(Plot));
        Assert.Contains(Palette.Series[1], picture.Pixels(Plot));
    }

    [Fact]
    public void ThePictureDependsOnTheHistoryTheNamesAndTheTitle()
    {
        byte[] picture = CurvesPicture.Png("grid", [Some.Experiment("baseline", Some.History(5))]);

        Assert.NotEqual(picture, CurvesPicture.Png("grid", [Some.Experiment("baseline", Some.History(5, 1))]));
        Assert.NotEqual(picture, CurvesPicture.Png("grid", [Some.Experiment("dropout", Some.History(5))]));
        Assert.NotEqual(picture, CurvesPicture.Png("another", [Some.Experiment("baseline", Some.History(5))]));
    }

    [Fact]
    public void MoreThanEightExperimentsAreDrawnByVariantWithABandOverTheSeeds()
    {
        ExperimentSnapshot[] seeds = [.. Enumerable.Range(0, 9).Select(number =>
            Some.Seed($"e{number}", number < 5 ? "a" : "b", [.. Enumerable.Range(1, 9).Select(epoch => Some.Epoch(epoch, validationAccuracy: 0.9 - (0.01 * number)))]))];

        var eight = new Decoded(CurvesPicture.Png("grid", [.. seeds[..8]]));
        var nine = new Decoded(CurvesPicture.Png("grid", [.. seeds]));

        Assert.Contains(Palette.Series[5], eight.Pixels(Plot));
        Assert.DoesNotContain(Palette.Series[2], nine.Pixels(Plot));
        var band = Blend(Palette.Series[0], 51);
        Assert.True(nine.Pixels(Plot).Count(pixel => pixel == band) > 1000);
        Assert.DoesNotContain(band, eight.Pixels(Plot));
    }

    [Fact]
    public void AwkwardHistoriesAreDrawn()
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 0, -1, 1e30, 1e-30, 0.3, Math.BitIncrement(0.3)];
        foreach (double first in odd)
        {
            foreach (double second in odd)
            {
                EpochMetrics[] history = [Some.Epoch(1, first, first, first, first), Some.Epoch(2, second, second, second, second)];
                var picture = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("odd", history)]));
                Assert.Equal((1600, 700), (picture.Width, picture.Height));
            }
        }
    }

    [Fact]
    public void NoExperimentAndNoEpochAreSaidSo()
    {
        var none = new Decoded(CurvesPicture.Png("grid", []));
        var pending = new Decoded(CurvesPicture.Png("grid", [Some.Experiment("pending")]));

        Assert.Contains(Palette.Muted, none.Pixels(SKRectI.Create(390, 300, 120, 60)));
        Assert.Contains(Palette.Muted, pending.Pixels(SKRectI.Create(390, 300, 120, 60)));
    }

    private static SKColor Blend(SKColor colour, int alpha)
    {
        return new SKColor(Over(colour.Red), Over(colour.Green), Over(colour.Blue));

        byte Over(byte channel) => (byte)Math.Round(((channel * alpha) + (255 * (255 - alpha))) / 255.0);
    }

    /// <summary>Of pixels that are more blue than red, side by side.</summary>
    private static int LongestRun(Decoded picture, SKRectI area)
    {
        int longest = 0;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            int run = 0;
            for (int x = area.Left; x < area.Right; x++)
            {
                run = picture[x, y].Blue > picture[x, y].Red + 60 ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return longest;
    }
}
