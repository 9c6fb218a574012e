using System.Globalization;
using System.Text;

namespace Experiments.Training.Data;

/// <summary>
/// How many images a CSV file holds, and of what size. Found, and every line's columns counted, before room is made for the pixels:
/// so the room is never more than the file fills.
/// </summary>
internal sealed record CsvShape(int Rows, ImageSize ImageSize)
{
    public int Pixels => ImageSize.Height * ImageSize.Width;

    public static CsvShape Read(string path, ImageSize? imageSize, CancellationToken cancellationToken)
    {
        using var file = new DataFile(path);
        var lines = new CsvLines(file);
        int columns = lines.TryRead(out ReadOnlySpan<byte> header)
            ? CountHeader(path, header)
            : throw new DatasetException($"{path}: holds nothing but blank lines; a header and one line per image are wanted.");

        ImageSize size = imageSize is null ? Square(path, columns - 1) : Given(path, columns - 1, imageSize);
        long rows = 0;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            int found = line.Count((byte)',') + 1;
            if (found != columns)
                throw new DatasetException(
                    $"{path}, line {lines.Number}: has {found} {(found == 1 ? "column" : "columns")}, where the header has {columns}; the line is cut off, or has a comma too many or too few.");
            if (++rows % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }

        if (rows == 0)
            throw new DatasetException($"{path}: has a header, but no image; give at least one line: label, pixels.");
        if (rows * (columns - 1) > Array.MaxLength)
            throw new DatasetException($"{path}: {rows} images of {columns - 1} pixels are more than the {Array.MaxLength} bytes that can be held; divide the file.");
        return new CsvShape((int)rows, size);
    }

    private static int CountHeader(string path, ReadOnlySpan<byte> header)
    {
        if (header.Contains((byte)0))
            throw new DatasetException($"{path}: is no CSV file but a binary one; give IDX files as images and labels.");

        string[] fields = Encoding.UTF8.GetString(header).Split(',');
        if (fields.Length < 2)
            throw new DatasetException($"{path}, line 1: has a single column; a header such as label,pixel1,… is wanted, separated by commas.");
        if (fields.All(field => byte.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw new DatasetException($"{path}, line 1: is an image, where a header is wanted; put a line such as label,pixel1,… before it.");
        return fields.Length;
    }

    private static ImageSize Square(string path, int pixels)
    {
        int side = (int)Math.Round(Math.Sqrt(pixels));
        return side * side == pixels
            ? new ImageSize(side, side)
            : throw new DatasetException($"{path}, line 1: {pixels} pixels are no square image; say imageSize: [height, width] (the first column is the label).");
    }

    private static ImageSize Given(string path, int pixels, ImageSize size) =>
        size.Height > 0 && (long)size.Height * size.Width == pixels
            ? size
            : throw new DatasetException(
                $"{path}, line 1: has {pixels} columns of pixels, where imageSize [{size.Height}, {size.Width}] asks for {(long)size.Height * size.Width}; correct one of the two.");
}
