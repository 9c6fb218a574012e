using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Experiments.Pictures;

/// <summary>Class names along one side of a matrix of square cells, whole: in as many lines as a cell has room for, and as long as they are.</summary>
/// <param name="Texts">Of each class; empty where the cells are too small to name every one.</param>
internal sealed record ClassLabels(TextStyle Style, ImmutableArray<string> Texts)
{
    private const float SmallestSize = 11;
    private const int MostLines = 3;

    public float Width => Texts.SelectMany(text => text.Split('\n')).Select(Style.Measure).DefaultIfEmpty().Max();

    /// <param name="classes">Their names.</param>
    /// <param name="room">Side of a cell, in pixels.</param>
    public static ClassLabels Of(ImmutableArray<string> classes, float room)
    {
        var style = TextStyle.Note with { Size = Math.Clamp(MathF.Floor(room / 1.25f), SmallestSize, TextStyle.Note.Size) };
        int every = (int)Math.Max(1, MathF.Ceiling((style.LineHeight / room) - 0.05f));
        int lines = Math.Clamp((int)(room * every / style.LineHeight), 1, MostLines);
        return new ClassLabels(style, [.. classes.Select((name, index) => index % every == 0 ? Whole(style, name, lines) : "")]);
    }

    /// <summary>Names the ticks at 0, 1, … and lets a grid part them half-way between.</summary>
    public void Apply(IAxis axis)
    {
        var ticks = new NumericManual();
        for (int index = 0; index < Texts.Length; index++)
        {
            ticks.AddMajor(index, Texts[index]);
            ticks.AddMinor(index + 0.5);
        }

        axis.TickGenerator = ticks;
        axis.MajorTickStyle.Length = 0;
        Style.Apply(axis.TickLabelStyle);
    }

    /// <summary>As narrow as the name fits in so many lines; the last width holds a hundred of the widest letters.</summary>
    private static string Whole(TextStyle style, string name, int lines)
    {
        float[] widths = [320, 480, 640, 960, 1520];
        return widths.Select(width => style.Wrapped(name, width, lines)).Where((text, index) => index == widths.Length - 1 || !text.EndsWith('…')).First();
    }
}
