using System.Text;

namespace Experiments.Training.Data;

/// <summary>Images as lines of text: the label first, then the pixels row by row, after a header.</summary>
internal static class CsvFile
{
    // No number that is allowed has more digits; with this many an int does not overflow.
    private const int MostDigits = 9;
    private const int MostShown = 40;

    /// <param name="path">Of the file, gzipped or plain.</param>
    /// <param name="classes">Labels are below this.</param>
    /// <param name="imageSize">Null where the images are square.</param>
    public static ImageSet Read(string path, int classes, ImageSize? imageSize, CancellationToken cancellationToken)
    {
        CsvShape shape = CsvShape.Read(path, imageSize, cancellationToken);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(shape.Rows * shape.Pixels);
        int[] labels = new int[shape.Rows];

        using var file = new DataFile(path);
        var lines = new CsvLines(file);
        lines.TryRead(out _);
        for (int row = 0; row < shape.Rows; row++)
        {
            if (row % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!lines.TryRead(out ReadOnlySpan<byte> line))
                throw new DatasetException($"{path}: became shorter while it was read; try again when it is no longer written to.");

            var place = new CsvPlace(path, lines.Number);
            int position = 0;
            labels[row] = ReadLabel(line, ref position, classes, place);
            ReadPixels(line, position, pixels.AsSpan(row * shape.Pixels, shape.Pixels), place);
        }

        return new ImageSet(shape.ImageSize.Height, shape.ImageSize.Width, pixels, labels);
    }

    private static int ReadLabel(ReadOnlySpan<byte> line, ref int position, int classes, CsvPlace place)
    {
        int label = ReadNumber(line, ref position);
        if (label < 0)
            throw place.Fault(1, line, 0, $"is no label; a whole number from 0 to {classes - 1} is wanted.");
        if (label >= classes)
            throw place.Fault(1, line, 0, $"is a label outside the class names, which go from 0 to {classes - 1}; correct it, or name every class under classes.");
        return label;
    }

    private static void ReadPixels(ReadOnlySpan<byte> line, int position, Span<byte> pixels, CsvPlace place)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            int start = position;
            int pixel = ReadNumber(line, ref position);
            if ((uint)pixel > byte.MaxValue)
                throw place.Fault(i + 2, line, start, "is no pixel; a whole number from 0 to 255 is wanted.");
            pixels[i] = (byte)pixel;
        }
    }

    /// <summary>Reads one field and the comma after it.</summary>
    /// <returns>−1 where the field is anything but digits.</returns>
    private static int ReadNumber(ReadOnlySpan<byte> line, ref int position)
    {
        int start = position;
        int number = 0;
        while ((uint)position < (uint)line.Length && (uint)(line[position] - '0') <= 9)
            number = number * 10 + (line[position++] - '0');

        bool isNumber = position > start && position - start <= MostDigits && (position == line.Length || line[position] == ',');
        position++;
        return isNumber ? number : -1;
    }

    /// <summary>A line of a file, for faults in it.</summary>
    private readonly record struct CsvPlace(string Path, int Line)
    {
        public DatasetException Fault(int column, ReadOnlySpan<byte> line, int start, string what)
        {
            ReadOnlySpan<byte> field = start < line.Length ? line[start..] : [];
            int length = field.IndexOf((byte)',');
            string text = Encoding.UTF8.GetString(length < 0 ? field : field[..length]);
            string shown = string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (text.Length > MostShown ? "…" : "");
            return new DatasetException($"{Path}, line {Line}, column {column}: \"{shown}\" {what}");
        }
    }
}
