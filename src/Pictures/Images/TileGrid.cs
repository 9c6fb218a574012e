using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>An image with lines of text above it.</summary>
internal sealed record Tile(GreyImage Image, IReadOnlyList<string> Lines, ColourMap Colours);

/// <summary>Tiles in rows; the images of a row stand in line, however many lines of text each has.</summary>
/// <param name="Side">Of the square that an image is fitted into, in pixels.</param>
/// <param name="Gap">Between tiles, in pixels.</param>
internal sealed record TileGrid(IReadOnlyList<Tile> Tiles, int PerRow, float Side, float Gap, TextStyle Style)
{
    public float Width => (PerRow * Side) + ((PerRow - 1) * Gap);

    public float Height => Tiles.Count == 0 ? 0 : Tiles.Chunk(PerRow).Sum(RowHeight) - Gap;

    public void Draw(SKCanvas canvas, float left, float top)
    {
        foreach (Tile[] row in Tiles.Chunk(PerRow))
        {
            float imageTop = top + RowHeight(row) - Side - Gap;
            for (int column = 0; column < row.Length; column++)
            {
                float x = left + (column * (Side + Gap));
                float lineTop = imageTop - 4 - (row[column].Lines.Count * Style.LineHeight);
                foreach (string line in row[column].Lines)
                {
                    Style.Draw(canvas, line, x + (Side / 2), lineTop, SKTextAlign.Center);
                    lineTop += Style.LineHeight;
                }

                canvas.DrawImage(row[column].Image, SKRect.Create(x, imageTop, Side, Side), row[column].Colours);
            }

            top += RowHeight(row);
        }
    }

    private float RowHeight(Tile[] row) => (row.Max(tile => tile.Lines.Count) * Style.LineHeight) + 4 + Side + Gap;
}
