using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>How many images of each class every part of a dataset has: a row per class, a panel per part, the bars beginning at zero.</summary>
public static class DistributionPicture
{
    /// <param name="title">Above all.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="parts">Such as train, validation and test, each with the number of images of every class.</param>
    /// <returns>A PNG; its size follows from the number of classes and parts and the length of the names.</returns>
    /// <exception cref="ArgumentException">A part has not one count, from 0, per class.</exception>
    public static byte[] Png(string title, ImmutableArray<string> classes, ImmutableArray<(string Part, ImmutableArray<int> PerClass)> parts)
    {
        foreach ((string part, ImmutableArray<int> perClass) in parts)
        {
            if (perClass.Length != classes.Length || perClass.Any(count => count < 0))
                throw new ArgumentException($"'{part}' has not one count, from 0, for each of the {classes.Length} classes.", nameof(parts));
        }

        var layout = DistributionLayout.Of(title, classes, parts);
        return Sheet.Png(title, layout.Width, layout.Height, canvas =>
        {
            for (int index = 0; index < classes.Length; index++)
                TextStyle.Body.DrawAround(canvas, layout.Names[index], layout.NamesRight, layout.RowMiddle(index), SKTextAlign.Right);
            for (int part = 0; part < parts.Length; part++)
                DrawPart(canvas, layout, part, parts[part].PerClass);
        });
    }

    private static void DrawPart(SKCanvas canvas, DistributionLayout layout, int part, ImmutableArray<int> perClass)
    {
        float zero = layout.PanelLeft(part);
        TextStyle.Heading.DrawAround(canvas, layout.Headings[part], zero, layout.HeadingMiddle);
        for (int index = 0; index < perClass.Length; index++)
        {
            SKRect bar = layout.Bar(part, index, perClass);
            canvas.Fill(bar, Palette.Series[part % Palette.Series.Length]);
            TextStyle.Note.Draw(canvas, DistributionLayout.Text(perClass, index), bar.Right + 8, layout.RowMiddle(index) - (TextStyle.Note.LineHeight / 2));
        }

        canvas.Line(zero, layout.RowsTop - 4, zero, layout.RowsBottom + 4, Palette.Ink, 1.5f);
    }
}
