using System.Collections.Immutable;
using Experiments.Pictures.Drawing;

namespace Experiments.Pictures;

/// <summary>Samples of each part of a dataset, with their labels.</summary>
public static class SamplesPicture
{
    private const float Side = 140;
    private const float Gap = 16;
    private const int MaximumLines = 12;

    private static readonly TextStyle Label = TextStyle.Note with { Size = 14, Colour = Palette.Ink };

    /// <summary>The notebook's: the training images in greens, the test images in blues.</summary>
    private static readonly ColourMap[] Colours = [ColourMap.Greens, ColourMap.Blues];

    /// <param name="title">Above all.</param>
    /// <param name="parts">Such as train and test, one below the other.</param>
    /// <param name="perRow">Images in a row, from 1.</param>
    /// <returns>A PNG; its size follows from the number of images and the length of their labels.</returns>
    public static byte[] Png(string title, ImmutableArray<(string Part, ImmutableArray<LabelledImage> Images)> parts, int perRow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perRow, 1);
        ImmutableArray<TileGrid> grids = [.. parts.Select((part, index) => Grid(part.Images, perRow, Colours[index % Colours.Length]))];

        int width = (int)(perRow * (Side + Gap) - Gap) + (2 * Sheet.Margin);
        float top = Sheet.TitleHeight(title, width);
        ImmutableArray<IReadOnlyList<string>> headings = [.. parts.Select(part => TextStyle.Heading.Wrap(part.Part, width - (2 * Sheet.Margin), maxLines: 2))];
        float height = top + parts.Select((_, index) => PartHeight(headings[index], grids[index])).Sum();
        return Sheet.Png(title, width, (int)MathF.Ceiling(height), canvas =>
        {
            for (int index = 0; index < parts.Length; index++)
            {
                float y = top;
                foreach (string line in headings[index])
                {
                    TextStyle.Heading.Draw(canvas, line, Sheet.Margin, y);
                    y += TextStyle.Heading.LineHeight;
                }

                if (grids[index].Tiles.Count == 0) TextStyle.Note.Draw(canvas, "none", Sheet.Margin, y + 8);
                grids[index].Draw(canvas, Sheet.Margin, y + 8);
                top += PartHeight(headings[index], grids[index]);
            }
        });
    }

    private static TileGrid Grid(ImmutableArray<LabelledImage> images, int perRow, ColourMap colours) =>
        new([.. images.Select(image => new Tile(image.Image, Label.Wrap(image.Label, Side, MaximumLines), colours))], perRow, Side, Gap, Label);

    private static float PartHeight(IReadOnlyList<string> heading, TileGrid grid) =>
        (heading.Count * TextStyle.Heading.LineHeight) + 8 + Math.Max(grid.Height, TextStyle.Note.LineHeight) + Sheet.Margin;
}
