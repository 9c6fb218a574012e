using System.Collections.Immutable;
using System.Globalization;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>A model as Keras's <c>plot_model</c> draws it with shapes: a box per layer, from the input down.</summary>
public static class ModelPicture
{
    private const float BoxHeight = 66;
    private const float ArrowHeight = 34;
    private const float Padding = 18;

    /// <param name="title">Above the boxes.</param>
    /// <param name="input">Size of the images, which have one channel.</param>
    /// <param name="layers">From first to last.</param>
    /// <returns>A PNG; its size follows from the layers.</returns>
    public static byte[] Png(string title, ImageSize input, ImmutableArray<LayerSummary> layers)
    {
        ImmutableArray<Box> boxes = Boxes(input, layers);
        var columns = Columns.Of(boxes);
        string total = $"Total parameters: {Number(layers.Sum(layer => (long)layer.Parameters))}";

        int width = (int)MathF.Ceiling(Math.Max(columns.Width, 520) + (2 * Sheet.Margin));
        float top = Sheet.TitleHeight(title, width);
        float foot = top + (boxes.Length * (BoxHeight + ArrowHeight)) - ArrowHeight + 20;
        int height = (int)MathF.Ceiling(foot + TextStyle.Heading.LineHeight + Sheet.Margin);

        return Sheet.Png(title, width, height, canvas =>
        {
            float left = (width - columns.Width) / 2;
            for (int index = 0; index < boxes.Length; index++)
            {
                var area = SKRect.Create(left, top + (index * (BoxHeight + ArrowHeight)), columns.Width, BoxHeight);
                DrawBox(canvas, area, columns, boxes[index]);
                if (index > 0) DrawArrow(canvas, area.MidX, area.Top - ArrowHeight, area.Top);
            }

            TextStyle.Heading.Draw(canvas, total, width / 2f, foot, SKTextAlign.Center);
        });
    }

    private static ImmutableArray<Box> Boxes(ImageSize input, ImmutableArray<LayerSummary> layers)
    {
        var boxes = ImmutableArray.CreateBuilder<Box>();
        string shape = Shape([input.Height, input.Width, 1]);
        boxes.Add(new Box("input", "InputLayer", shape, shape, Parameters(0)));
        foreach (LayerSummary layer in layers)
        {
            string output = Shape(layer.OutputShape);
            boxes.Add(new Box(layer.Name, layer.Type, shape, output, Parameters(layer.Parameters)));
            shape = output;
        }

        return boxes.ToImmutable();
    }

    private static void DrawBox(SKCanvas canvas, SKRect area, Columns columns, Box box)
    {
        (float first, float second, float third) = (area.Left + columns.Name, area.Left + columns.Name + columns.Word, area.Right - columns.Parameters);
        canvas.Fill(new SKRect(area.Left, area.Top, first, area.Bottom), Palette.Panel);
        canvas.Outline(area, Palette.Ink, 1.5f);
        canvas.Line(first, area.Top, first, area.Bottom, Palette.Ink);
        canvas.Line(second, area.Top, second, area.Bottom, Palette.Ink);
        canvas.Line(third, area.Top, third, area.Bottom, Palette.Ink);
        canvas.Line(first, area.MidY, third, area.MidY, Palette.Ink);

        (float upper, float lower) = (area.MidY - (BoxHeight / 4) - (TextStyle.Body.LineHeight / 2), area.MidY + (BoxHeight / 4) - (TextStyle.Body.LineHeight / 2));
        TextStyle.Heading.Draw(canvas, box.Name, area.Left + Padding, area.MidY - TextStyle.Heading.LineHeight);
        TextStyle.Note.Draw(canvas, box.Type, area.Left + Padding, area.MidY + 4);
        TextStyle.Note.Draw(canvas, "input:", first + Padding, upper);
        TextStyle.Note.Draw(canvas, "output:", first + Padding, lower);
        TextStyle.Body.Draw(canvas, box.Input, second + Padding, upper);
        TextStyle.Body.Draw(canvas, box.Output, second + Padding, lower);
        TextStyle.Body.Draw(canvas, box.Parameters, area.Right - Padding, area.MidY - (TextStyle.Body.LineHeight / 2), SKTextAlign.Right);
    }

    private static void DrawArrow(SKCanvas canvas, float x, float top, float bottom)
    {
        canvas.Line(x, top, x, bottom - 8, Palette.Ink, 1.5f);
        using var head = new SKPath();
        head.AddPoly([new SKPoint(x - 6, bottom - 11), new SKPoint(x + 6, bottom - 11), new SKPoint(x, bottom - 1)], close: true);
        using var paint = new SKPaint { Color = Palette.Ink, IsAntialias = true };
        canvas.DrawPath(head, paint);
    }

    private static string Shape(ImmutableArray<int> sizes) =>
        "(" + string.Join(", ", ["None", .. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))]) + ")";

    private static string Parameters(int count) => count == 1 ? "1 parameter" : Number(count) + " parameters";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Box(string Name, string Type, string Input, string Output, string Parameters);

    /// <summary>Widths that every box has, each wide enough for the widest text in it.</summary>
    private sealed record Columns(float Name, float Word, float Shape, float Parameters)
    {
        public float Width => Name + Word + Shape + Parameters;

        public static Columns Of(ImmutableArray<Box> boxes)
        {
            return new Columns(
                boxes.Max(box => Math.Max(TextStyle.Heading.Measure(box.Name), TextStyle.Note.Measure(box.Type))) + (2 * Padding),
                TextStyle.Note.Measure("output:") + (2 * Padding),
                boxes.Max(box => Math.Max(TextStyle.Body.Measure(box.Input), TextStyle.Body.Measure(box.Output))) + (2 * Padding),
                boxes.Max(box => TextStyle.Body.Measure(box.Parameters)) + (2 * Padding));
        }
    }
}
