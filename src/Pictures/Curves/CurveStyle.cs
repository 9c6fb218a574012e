using Experiments.Pictures.Drawing;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Pictures;

/// <summary>Colour and marker that tell a curve from the others.</summary>
internal sealed record CurveStyle(SKColor Colour, MarkerShape Marker)
{
    /// <summary>Of training's lines.</summary>
    public static readonly LinePattern Dashes = new([7, 5], 0, "training");

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown, MarkerShape.Eks,
    ];

    /// <summary>Curves beyond these cannot be told apart, and are drawn in grey.</summary>
    public static int Distinct => Palette.Series.Length * Markers.Length;

    /// <summary>The first six differ in both, so that they are told apart in print too; after them each pair of the two comes once.</summary>
    public static CurveStyle Of(int index)
    {
        int colours = Palette.Series.Length;
        return index < Distinct
            ? new CurveStyle(Palette.Series[index % colours], Markers[(index + (index / colours)) % Markers.Length])
            : new CurveStyle(Palette.Frame, MarkerShape.None);
    }

    /// <summary>White inside, with a rim of the colour.</summary>
    public MarkerStyle Training => Edged(size: 8, inside: Palette.Paper, edge: Colour, width: 1.6f);

    /// <summary>With a white edge, which sets it off from the lines below it.</summary>
    public MarkerStyle Validation => Edged(size: 11, inside: Colour, edge: Palette.Paper, width: 1.2f);

    /// <summary>A ring around the marker.</summary>
    public MarkerStyle Best => new(MarkerShape.OpenCircle, 20, Colour.OfPlot) { LineWidth = 2.5f };

    /// <summary>Shapes of the same size look equally large only if those with corners reach further.</summary>
    private float Reach => Marker is MarkerShape.FilledCircle or MarkerShape.FilledSquare ? 1 : 1.25f;

    private MarkerStyle Edged(float size, SKColor inside, SKColor edge, float width) => new(Marker, size * Reach, inside.OfPlot)
    {
        LineColor = Colour.OfPlot,
        LineWidth = 3,
        OutlineColor = edge.OfPlot,
        OutlineWidth = width,
    };
}
