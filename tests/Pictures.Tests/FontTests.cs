using Experiments.Pictures.Drawing;
using ScottPlot;
using SkiaSharp;
using Xunit;

namespace Experiments.Pictures.Tests;

public class FontTests
{
    private static readonly TextStyle Style = new(40, SKColors.Black);

    [Fact]
    public void TextIsDrawnWithTheFontInTheAssembly()
    {
        string file = Path.Combine(Repository.Root, "src", "Pictures", "Fonts", "DejaVuSans.ttf");
        using var fromFile = SKTypeface.FromFile(file);

        Assert.Equal(fromFile.GetGlyphs("Shirt 0,9"), Typefaces.Regular.GetGlyphs("Shirt 0,9"));
        Assert.Equal("DejaVu Sans", Typefaces.Regular.FamilyName);
        Assert.True(Typefaces.Bold.IsBold);
        Assert.Equal(Drawn(canvas =>
        {
            using var font = new SKFont(fromFile, 40) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Subpixel = true };
            using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            canvas.DrawText("Shirt 0,9", 10, 10 + 25 + (40 * 0.36f), SKTextAlign.Left, font, paint);
        }), Drawn(canvas => Style.Draw(canvas, "Shirt 0,9", 10, 10)));
    }

    [Fact]
    public void NoLabelOfAPlotAsksTheSystemForAFont()
    {
        using Plot plot = Chart.Empty("heading");

        Assert.Same(Typefaces.Bold, plot.Axes.Title.Label.Font);
        Assert.All(plot.Axes.GetAxes(), axis => Assert.Same(Typefaces.Regular, axis.TickLabelStyle.Font));
        Assert.All(plot.Axes.GetAxes(), axis => Assert.Same(Typefaces.Regular, axis.Label.Font));
    }

    [Fact]
    public void ACharacterThatTheFontLacksIsDrawnAsABox()
    {
        SKColor[] box = Drawn(canvas => Style.Draw(canvas, "語", 10, 10));

        Assert.Contains(SKColors.Black, box);
        Assert.Equal(box, Drawn(canvas => Style.Draw(canvas, "👖", 10, 10)));
    }

    [Fact]
    public void HalfACharacterAndControlCharactersAreDrawnAsReplacementAndNewLinesAsSpaces()
    {
        Assert.Equal(Drawn(canvas => Style.Draw(canvas, "a\uFFFDb", 10, 10)), Drawn(canvas => Style.Draw(canvas, "a\uD83Db", 10, 10)));
        Assert.Equal(Drawn(canvas => Style.Draw(canvas, "a\uFFFDb", 10, 10)), Drawn(canvas => Style.Draw(canvas, "a\0b", 10, 10)));
        Assert.Equal(Drawn(canvas => Style.Draw(canvas, "a b", 10, 10)), Drawn(canvas => Style.Draw(canvas, "a\nb", 10, 10)));
    }

    [Fact]
    public void WrappedLinesFitTheWidthAndLoseNothing()
    {
        const string text = "a class of many words, one of them quiteunreasonablylongandwithoutanyspace";

        IReadOnlyList<string> lines = Style.Wrap(text, width: 260, maxLines: 50);

        Assert.All(lines, line => Assert.InRange(Style.Measure(line), 1, 260));
        Assert.Equal(text.Replace(" ", ""), string.Concat(lines).Replace(" ", ""));
        Assert.Equal("a class of", lines[0]);
    }

    [Fact]
    public void WhatDoesNotFitTheLastLineEndsInAnEllipsisWithinTheWidth()
    {
        IReadOnlyList<string> lines = Style.Wrap(new string('W', 100), width: 260, maxLines: 2);

        Assert.Equal(2, lines.Count);
        Assert.EndsWith("…", lines[1]);
        Assert.All(lines, line => Assert.InRange(Style.Measure(line), 1, 260));
    }

    [Fact]
    public void ACharacterOfTwoHalvesIsNeverBrokenApart()
    {
        string text = string.Concat(Enumerable.Repeat("👖", 20));

        for (float width = 1; width < 200; width += 7)
            Assert.DoesNotContain(Style.Wrap(text, width, maxLines: 50), line => char.IsLowSurrogate(line[0]) || char.IsHighSurrogate(line[^1]));
    }

    private static SKColor[] Drawn(Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(300, 80);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        draw(canvas);
        canvas.Flush();
        return bitmap.Pixels;
    }
}
