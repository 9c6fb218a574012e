using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>How a text looks, and how much room it takes; lengths are in pixels. A glyph that the font lacks is drawn as a box.</summary>
/// <param name="Size">Of an em.</param>
internal sealed record TextStyle(float Size, SKColor Colour, bool Bold = false)
{
    public static readonly TextStyle Title = new(26, Palette.Ink, Bold: true);
    public static readonly TextStyle Heading = new(19, Palette.Ink, Bold: true);
    public static readonly TextStyle Body = new(16, Palette.Ink);
    public static readonly TextStyle Note = new(15, Palette.Muted);

    /// <summary>Of an em; ScottPlot leaves room for the font's deepest glyph below a line, and so draws it this much too high.</summary>
    public const float Descent = 0.16f;

    private SKTypeface Typeface => Bold ? Typefaces.Bold : Typefaces.Regular;

    public float LineHeight => MathF.Ceiling(Size * 1.25f);

    public float Measure(string text)
    {
        using SKFont font = Font();
        return font.MeasureText(Printable(text));
    }

    /// <summary>Draws one line whose box begins at <paramref name="top"/>; <paramref name="x"/> is its left, centre or right.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float top, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = Font();
        using var paint = new SKPaint { Color = Colour, IsAntialias = true };
        canvas.DrawText(Printable(text), x, top + (LineHeight / 2) + (Size * 0.36f), align, font, paint);
    }

    /// <summary>Lets ScottPlot draw a label in this style; without a font of its own it would ask the system for one.</summary>
    public void Apply(LabelStyle label)
    {
        label.Font = Typeface;
        label.FontSize = Size;
        label.ForeColor = Colour.OfPlot;
        label.OffsetY = Size * Descent;
    }

    /// <summary>The lines of <see cref="Wrap"/> in one text, for ScottPlot.</summary>
    public string Wrapped(string text, float width, int maxLines) => string.Join('\n', Wrap(text, width, maxLines));

    /// <summary>Breaks between words where it can, inside them where it must; what does not fit the last line ends in an ellipsis.</summary>
    public IReadOnlyList<string> Wrap(string text, float width, int maxLines)
    {
        using SKFont font = Font();
        var lines = new List<string>();
        string rest = Printable(text).Trim();
        while (rest.Length > 0)
        {
            int fits = Fitting(font, rest, width);
            if (fits == rest.Length)
            {
                lines.Add(rest);
                break;
            }

            if (lines.Count == maxLines - 1)
            {
                lines.Add(rest[..Fitting(font, rest, width - font.MeasureText("…"))].TrimEnd() + "…");
                break;
            }

            int space = rest.LastIndexOf(' ', fits);
            int cut = space > 0 ? space : fits;
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        return lines;
    }

    private SKFont Font() => new(Typeface, Size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
    };

    /// <summary>Number of characters that fit, at least one of those that are drawn together.</summary>
    private static int Fitting(SKFont font, string text, float width)
    {
        int fits = Math.Clamp(font.BreakText(text, Math.Max(0, width)), 1, text.Length);
        return fits < text.Length && char.IsLowSurrogate(text[fits]) ? Math.Max(fits - 1, 2) : fits;
    }

    /// <summary>White space becomes a space; a control character or half a surrogate pair, which no font draws, becomes �.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            printable.Append(Rune.IsWhiteSpace(rune) ? " " : Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        return printable.ToString();
    }
}
