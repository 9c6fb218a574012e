using SkiaSharp;

namespace Experiments.Pictures.Drawing;

internal static class CanvasExtensions
{
    extension(SKCanvas canvas)
    {
        public void Fill(SKRect area, SKColor colour)
        {
            using var paint = new SKPaint { Color = colour };
            canvas.DrawRect(area, paint);
        }

        public void Outline(SKRect area, SKColor colour, float width = 1)
        {
            using var paint = new SKPaint { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = width };
            canvas.DrawRect(area, paint);
        }

        public void Line(float x0, float y0, float x1, float y1, SKColor colour, float width = 1)
        {
            using var paint = new SKPaint { Color = colour, StrokeWidth = width, IsAntialias = true };
            canvas.DrawLine(x0, y0, x1, y1, paint);
        }

        /// <summary>
        /// Draws an image as large as it fits into the area, centred, its sides multiplied by a whole number so that each pixel is a
        /// crisp square; one that is larger than the area is reduced instead.
        /// </summary>
        public void DrawImage(GreyImage image, SKRect area, ColourMap colours)
        {
            SKColor[] table = [.. Enumerable.Range(0, 256).Select(grey => colours.At(grey / 255.0))];
            using var bitmap = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
            bitmap.Pixels = Array.ConvertAll(image.Pixels.ToArray(), grey => table[grey]);

            float scale = Math.Min(area.Width / image.Width, area.Height / image.Height);
            if (scale > 1) scale = MathF.Floor(scale);
            (float width, float height) = (MathF.Max(1, MathF.Round(image.Width * scale)), MathF.Max(1, MathF.Round(image.Height * scale)));
            var place = SKRect.Create(MathF.Round(area.MidX - (width / 2)), MathF.Round(area.MidY - (height / 2)), width, height);
            var sampling = scale < 1 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKFilterMode.Nearest);
            using SKImage source = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(source, place, sampling);
            canvas.Outline(SKRect.Inflate(place, 0.5f, 0.5f), Palette.Frame);
        }
    }
}
