namespace Experiments.Training.Data;

/// <summary>Where the pixels of an image go; what comes in at its edges is black.</summary>
/// <param name="Down">Pixels; up where negative.</param>
/// <param name="Right">Pixels, after the mirror; left where negative.</param>
/// <param name="IsMirrored">Left and right are exchanged.</param>
internal readonly record struct ImageMove(int Down, int Right, bool IsMirrored)
{
    /// <summary>Row by row, without a look at a pixel.</summary>
    /// <param name="image">[height, width].</param>
    /// <param name="moved">[height, width].</param>
    /// <param name="width">More than <see cref="Right"/>, either way.</param>
    public void Apply(ReadOnlySpan<byte> image, Span<byte> moved, int width)
    {
        int height = image.Length / width;
        int kept = width - Math.Abs(Right);
        var (from, to) = (Math.Max(IsMirrored ? Right : -Right, 0), Math.Max(Right, 0));
        moved.Clear();
        for (int row = Math.Max(Down, 0); row < height + Math.Min(Down, 0); row++)
        {
            var target = moved.Slice((row * width) + to, kept);
            image.Slice(((row - Down) * width) + from, kept).CopyTo(target);
            if (IsMirrored)
            {
                target.Reverse();
            }
        }
    }
}
