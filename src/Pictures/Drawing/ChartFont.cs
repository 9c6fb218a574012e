using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>Answers every font that ScottPlot asks for with one of this assembly's.</summary>
internal sealed class ChartFont : IFontResolver
{
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => bold ? Typefaces.Bold : Typefaces.Regular;
}
