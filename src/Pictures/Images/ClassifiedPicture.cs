using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;

namespace Experiments.Pictures;

/// <summary>Test images with their true and predicted classes: the right ones in greens, the wrong ones in reds.</summary>
public static class ClassifiedPicture
{
    public const int MaximumImages = 16;

    private const int PerRow = 4;
    private const float Side = 224;
    private const float Gap = 28;
    private const int MaximumLines = 8;

    private static readonly TextStyle Caption = TextStyle.Note with { Colour = Palette.Ink };

    /// <param name="title">Above the images.</param>
    /// <param name="images">The first <see cref="MaximumImages"/> are drawn, in rows of four.</param>
    /// <param name="correct">Whether these are the rightly classified ones.</param>
    /// <returns>A PNG that is 1044 pixels wide.</returns>
    public static byte[] Png(string title, ImmutableArray<ClassifiedImage> images, bool correct)
    {
        ColourMap colours = correct ? ColourMap.Greens : ColourMap.Reds;
        var grid = new TileGrid([.. images.Take(MaximumImages).Select(image => Tile(image, colours))], PerRow, Side, Gap, Caption);

        int width = (int)grid.Width + (2 * Sheet.Margin);
        float top = Sheet.TitleHeight(title, width);
        int height = (int)MathF.Ceiling(top + (images.IsEmpty ? TextStyle.Heading.LineHeight : grid.Height) + Sheet.Margin);
        return Sheet.Png(title, width, height, canvas =>
        {
            grid.Draw(canvas, Sheet.Margin, top);
            if (images.IsEmpty) (TextStyle.Heading with { Colour = Palette.Muted }).Draw(canvas, "none", Sheet.Margin, top);
        });
    }

    private static Tile Tile(ClassifiedImage image, ColourMap colours)
    {
        string probability = string.Create(CultureInfo.InvariantCulture, $"probability {image.Probability:0.000}");
        return new Tile(
            image.Image,
            [
                .. Caption.Wrap($"True: {image.TrueClass}", Side, MaximumLines),
                .. Caption.Wrap($"Pred: {image.PredictedClass}", Side, MaximumLines),
                probability,
            ],
            colours);
    }
}
