using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Where the parts of a distribution's picture lie; lengths are in pixels.</summary>
/// <param name="Names">The lines of each class's name.</param>
/// <param name="Headings">The lines of each part's heading.</param>
/// <param name="LabelWidth">Room for the longest number beside a bar.</param>
internal sealed record DistributionLayout(
    int Width, int Height, float RowHeight, float RowsTop, float NamesRight, float HeadingMiddle, float LabelWidth,
    ImmutableArray<IReadOnlyList<string>> Names, ImmutableArray<IReadOnlyList<string>> Headings)
{
    private const float LongestBar = 230;
    private const float PanelGap = 36;
    private const float BarGap = 8;

    public float RowsBottom => RowsTop + (RowHeight * Names.Length);

    private float PanelWidth => LongestBar + BarGap + LabelWidth;

    public static DistributionLayout Of(string title, ImmutableArray<string> classes, ImmutableArray<(string Part, ImmutableArray<int> PerClass)> parts)
    {
        ImmutableArray<IReadOnlyList<string>> names = [.. classes.Select(name => TextStyle.Body.Wrap(name, width: 420, maxLines: 4))];
        float nameWidth = names.SelectMany(name => name).Select(TextStyle.Body.Measure).DefaultIfEmpty().Max();
        float labelWidth = parts.SelectMany(part => classes.Select((_, index) => TextStyle.Note.Measure(Text(part.PerClass, index)))).DefaultIfEmpty().Max();
        float panelWidth = LongestBar + BarGap + labelWidth;
        ImmutableArray<IReadOnlyList<string>> headings = [.. parts.Select(part => TextStyle.Heading.Wrap(Heading(part), panelWidth, maxLines: 3))];
        float headingHeight = headings.Select(lines => lines.Count).DefaultIfEmpty(1).Max() * TextStyle.Heading.LineHeight;

        float namesRight = Sheet.Margin + nameWidth;
        int width = Math.Max(640, (int)MathF.Ceiling(namesRight + 12 + (parts.Length * (panelWidth + PanelGap)) - PanelGap + Sheet.Margin));
        float top = Sheet.TitleHeight(title, width);
        float rowHeight = Math.Max(classes.Length > 20 ? 26 : 40, (names.Select(name => name.Count).DefaultIfEmpty(1).Max() * TextStyle.Body.LineHeight) + 6);
        float rowsTop = top + headingHeight + 12;
        int height = (int)MathF.Ceiling(rowsTop + (rowHeight * classes.Length) + Sheet.Margin);
        return new DistributionLayout(width, height, rowHeight, rowsTop, namesRight, top + (headingHeight / 2), labelWidth, names, headings);
    }

    /// <summary>Count and share, such as <c>4,792 (9.98 %)</c>.</summary>
    public static string Text(ImmutableArray<int> perClass, int index)
    {
        long total = Total(perClass);
        double percent = total > 0 ? 100.0 * perClass[index] / total : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{perClass[index]:N0} ({percent:0.00} %)");
    }

    public float PanelLeft(int part) => NamesRight + 12 + (part * (PanelWidth + PanelGap));

    public float RowMiddle(int index) => RowsTop + ((index + 0.5f) * RowHeight);

    public SKRect Bar(int part, int index, ImmutableArray<int> perClass)
    {
        float thickness = Math.Min(28, RowHeight * 0.7f);
        float length = LongestBar * perClass[index] / Math.Max(1, perClass.Max());
        return SKRect.Create(PanelLeft(part), RowMiddle(index) - (thickness / 2), length, thickness);
    }

    private static string Heading((string Part, ImmutableArray<int> PerClass) part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Part}: {Total(part.PerClass):N0} images");

    private static long Total(ImmutableArray<int> perClass) => perClass.Sum(count => (long)count);
}
