using SkiaSharp;

namespace Experiments.Pictures.Drawing;

/// <summary>The fonts in this assembly: a bare server has none, and the same font everywhere makes the same bytes everywhere.</summary>
internal static class Typefaces
{
    public static SKTypeface Regular { get; } = Load("DejaVuSans.ttf");

    public static SKTypeface Bold { get; } = Load("DejaVuSans-Bold.ttf");

    private static SKTypeface Load(string resource)
    {
        using Stream stream = typeof(Typefaces).Assembly.GetManifestResourceStream(resource)!;
        return SKTypeface.FromStream(stream);
    }
}
