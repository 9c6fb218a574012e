using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Class names along one side of a grid of square cells.</summary>
/// <param name="Lines">Of each class's name.</param>
/// <param name="Every">1, or more where the cells are too small to name each class.</param>
/// <param name="Degrees">0 for level text, else how far it is turned.</param>
/// <param name="Extent">Room across the side, the gap to the grid included.</param>
/// <param name="Overhang">How far a turned name reaches to the left of its cell's middle.</param>
internal sealed record ClassLabels(
    TextStyle Style, ImmutableArray<IReadOnlyList<string>> Lines, float CellSide, int Every, bool OfRow, float Degrees, float Extent, float Overhang)
{
    private const float Gap = 8;

    /// <summary>Cosine and sine of 45 degrees.</summary>
    private const float Diagonal = 0.7071f;

    public static ClassLabels OfRows(ImmutableArray<string> classes, float cell)
    {
        (TextStyle style, int every) = Fitting(cell);
        var lines = Wrapped(style, classes, cell * every);
        return new ClassLabels(style, lines, cell, every, OfRow: true, 0, Longest(style, lines) + Gap, 0);
    }

    public static ClassLabels OfColumns(ImmutableArray<string> classes, float cell)
    {
        if (classes.All(name => TextStyle.Note.Measure(name) <= cell - 6))
        {
            return new ClassLabels(
                TextStyle.Note, [.. classes.Select(name => (IReadOnlyList<string>)[name])], cell, 1, OfRow: false, 0, TextStyle.Note.LineHeight + Gap, 0);
        }

        (TextStyle style, int every) = Fitting(cell * Diagonal);
        var lines = Wrapped(style, classes, cell * every * Diagonal);
        float across = lines.Max(name => name.Count) * style.LineHeight;
        float reach = (Longest(style, lines) + (across / 2)) * Diagonal;
        return new ClassLabels(style, lines, cell, every, OfRow: false, 45, reach + (across / 2 * Diagonal) + Gap, reach + Gap);
    }

    public void Draw(SKCanvas canvas, SKRect grid)
    {
        for (int index = 0; index < Lines.Length; index += Every)
        {
            IReadOnlyList<string> name = Lines[index];
            float middle = (index + 0.5f) * CellSide;
            if (OfRow)
                Style.DrawAround(canvas, name, grid.Left - Gap, grid.Top + middle, SKTextAlign.Right);
            else if (Degrees == 0)
                Style.Draw(canvas, name[0], grid.Left + middle, grid.Bottom + Gap, SKTextAlign.Center);
            else
            {
                // The last line would cross the grid if the block began at its edge.
                float below = Gap + (name.Count * Style.LineHeight / 2 * Diagonal);
                canvas.Turned(grid.Left + middle, grid.Bottom + below, Degrees, () => Style.DrawAround(canvas, name, 0, 0, SKTextAlign.Right));
            }
        }
    }

    private static (TextStyle Style, int Every) Fitting(float room)
    {
        const float smallest = 11;
        float size = Math.Clamp(MathF.Floor(room / 1.25f), smallest, TextStyle.Note.Size);
        var style = TextStyle.Note with { Size = size };
        return (style, (int)Math.Max(1, MathF.Ceiling(style.LineHeight / room - 0.05f)));
    }

    private static ImmutableArray<IReadOnlyList<string>> Wrapped(TextStyle style, ImmutableArray<string> classes, float room)
    {
        int lines = Math.Clamp((int)(room / style.LineHeight), 1, 3);
        return [.. classes.Select(name => WrappedWhole(style, name, lines))];
    }

    /// <summary>As narrow as the name fits in so many lines; the last width holds a hundred of the widest letters.</summary>
    private static IReadOnlyList<string> WrappedWhole(TextStyle style, string name, int lines)
    {
        float[] widths = [320, 480, 640, 960, 1520];
        return widths.Select(width => style.Wrap(name, width, lines))
            .Where((wrapped, index) => index == widths.Length - 1 || wrapped.Count == 0 || !wrapped[^1].EndsWith('…'))
            .First();
    }

    private static float Longest(TextStyle style, ImmutableArray<IReadOnlyList<string>> lines) =>
        lines.SelectMany(name => name).Select(style.Measure).DefaultIfEmpty().Max();
}
