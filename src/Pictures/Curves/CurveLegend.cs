using System.Collections.Immutable;
using Experiments.Pictures.Drawing;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Below the panels: what dashes, stars and bands mean, then the name of every curve that has a colour of its own.</summary>
internal sealed record CurveLegend(ImmutableArray<string> Names, int Grey, bool Bands, float Width)
{
    private const float Sample = 44;
    private const float SampleGap = 10;
    private const float ColumnGap = 30;
    private const float RowHeight = 27;
    private const float KeyHeight = 36;
    private const int MostColumns = 4;

    public float Height => KeyHeight + (Rows * RowHeight);

    private int Entries => Names.Length + (Grey > 0 ? 1 : 0);

    private int ColumnCount
    {
        get
        {
            float widest = Names.Select(TextStyle.Body.Measure).DefaultIfEmpty().Max() + Sample + SampleGap;
            return Math.Clamp((int)((Width + ColumnGap) / (widest + ColumnGap)), 1, MostColumns);
        }
    }

    private int Rows => (Entries + ColumnCount - 1) / ColumnCount;

    public static CurveLegend Of(ImmutableArray<Curve> curves, float width) => new(
        [.. curves.Take(CurveStyle.Distinct).Select(curve => curve.Name)],
        Math.Max(0, curves.Length - CurveStyle.Distinct),
        curves.Any(curve => curve.ValidationLoss.Any(point => point.Deviation > 0)),
        width);

    public void Draw(SKCanvas canvas, float left, float top)
    {
        DrawKeys(canvas, left, top);
        float columnWidth = (Width + ColumnGap) / ColumnCount;
        for (int index = 0; index < Entries; index++)
        {
            float x = left + (index % ColumnCount * columnWidth);
            float middle = top + KeyHeight + ((index / ColumnCount) + 0.5f) * RowHeight;
            CurveStyle style = CurveStyle.Of(index);
            canvas.Line(x, middle, x + Sample, middle, style.Colour, 2.2f);
            style.Marker.Draw(canvas, new SKPoint(x + (Sample / 2), middle), 5.5f, style.Colour);
            string name = index < Names.Length ? Names[index] : $"{Grey} more";
            TextStyle.Body.DrawAround(canvas, TextStyle.Body.Wrap(name, columnWidth - ColumnGap - Sample - SampleGap, maxLines: 1), x + Sample + SampleGap, middle);
        }
    }

    private void DrawKeys(SKCanvas canvas, float left, float top)
    {
        float x = left;
        float middle = top + (RowHeight / 2);
        Key("training", () =>
        {
            for (float dash = 0; dash < Sample; dash += 12) canvas.Line(x + dash, middle, Math.Min(x + dash + 7, x + Sample), middle, Palette.Ink, 1.6f);
            Marker.Circle.Draw(canvas, new SKPoint(x + (Sample / 2), middle), 4, Palette.Ink, hollow: true);
        });
        Key("validation", () =>
        {
            canvas.Line(x, middle, x + Sample, middle, Palette.Ink, 2.2f);
            Marker.Circle.Draw(canvas, new SKPoint(x + (Sample / 2), middle), 5.5f, Palette.Ink);
        });
        Key("lowest validation loss", () => Marker.Star.Draw(canvas, new SKPoint(x + (Sample / 2), middle), 11, Palette.Paper));
        if (Bands)
            Key("mean of the seeds, ± standard deviation", () =>
            {
                canvas.Fill(SKRect.Create(x, middle - 9, Sample, 18), Palette.Grid);
                canvas.Line(x, middle, x + Sample, middle, Palette.Ink, 2.2f);
            });

        void Key(string text, Action draw)
        {
            draw();
            TextStyle.Body.DrawAround(canvas, [text], x + Sample + SampleGap, middle);
            x += Sample + SampleGap + TextStyle.Body.Measure(text) + ColumnGap;
        }
    }
}
