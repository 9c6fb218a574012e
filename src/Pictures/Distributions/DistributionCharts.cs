using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Experiments.Pictures;

/// <summary>A part of a dataset each: a bar per class, with its count and share beside it; the first chart has the names.</summary>
internal static class DistributionCharts
{
    private const float LongestBar = 230;
    private const float BarGap = 8;

    public static ImmutableArray<Chart> Of(ImmutableArray<string> classes, ImmutableArray<(string Part, ImmutableArray<int> PerClass)> parts)
    {
        if (classes.IsEmpty || parts.IsEmpty) return [];

        ImmutableArray<string> names = [.. classes.Select(name => TextStyle.Body.Wrapped(name, width: 420, maxLines: 4))];
        float labelWidth = parts.SelectMany(part => part.PerClass.Select(count => TextStyle.Note.Measure(Text(count, part.PerClass)))).Max();
        float width = MathF.Ceiling(LongestBar + BarGap + labelWidth);
        float rowHeight = Math.Max(classes.Length > 20 ? 26 : 40, (names.Max(Lines) * TextStyle.Body.LineHeight) + 6);
        ImmutableArray<string> headings = [.. parts.Select(part => TextStyle.Heading.Wrapped(Heading(part), width, maxLines: 3))];
        float headingHeight = (headings.Max(Lines) * TextStyle.Heading.LineHeight) + 10;
        return [.. parts.Select((part, index) =>
        {
            Plot plot = Chart.Empty(headings[index]);
            plot.Axes.Title.MinimumSize = headingHeight;
            double longest = Math.Max(1, part.PerClass.Max());
            plot.Axes.SetLimits(0, longest * width / LongestBar, classes.Length - 0.5, -0.5);
            AddBars(plot, part.PerClass, index, Math.Min(28 / rowHeight, 0.7));
            DressAxes(plot, index == 0 ? names : [.. names.Select(_ => "")]);
            return Chart.Around(plot, width, rowHeight * classes.Length);
        })];
    }

    /// <summary>Count and share, such as <c>4,792 (9.98 %)</c>.</summary>
    private static string Text(int count, ImmutableArray<int> perClass)
    {
        double percent = count > 0 ? 100.0 * count / Total(perClass) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} ({percent:0.00} %)");
    }

    private static void AddBars(Plot plot, ImmutableArray<int> perClass, int part, double thickness)
    {
        var bars = plot.Add.Bars(perClass.Select((count, index) => new Bar
        {
            Position = index,
            Value = count,
            Size = thickness,
            Orientation = Orientation.Horizontal,
            FillColor = Palette.Series[part % Palette.Series.Length].OfPlot,
            LineWidth = 0,
            Label = Text(count, perClass),
            LabelOffset = BarGap,
        }).ToList());
        TextStyle.Note.Apply(bars.ValueLabelStyle);
    }

    private static void DressAxes(Plot plot, ImmutableArray<string> names)
    {
        plot.HideGrid();
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = plot.Axes.Bottom.IsVisible = false;
        plot.Axes.Left.TickGenerator = new NumericManual([.. names.Select((_, index) => (double)index)], [.. names]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Color = Palette.Ink.OfPlot;
        TextStyle.Body.Apply(plot.Axes.Left.TickLabelStyle);
    }

    private static string Heading((string Part, ImmutableArray<int> PerClass) part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Part}: {Total(part.PerClass):N0} images");

    private static long Total(ImmutableArray<int> perClass) => perClass.Sum(count => (long)count);

    private static int Lines(string text) => text.Count(character => character == '\n') + 1;
}
