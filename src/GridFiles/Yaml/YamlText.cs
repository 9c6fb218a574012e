using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Experiments.GridFiles;

/// <summary>The text of a grid file, bounded in size and free of what no editor shows.</summary>
internal static class YamlText
{
    private const int MostBytes = 1_000_000;
    private const string TooLarge = "is larger than 1 MB, which no grid file is; use a matrix in place of experiments written out, or check the path.";

    /// <exception cref="GridFileException">It cannot be read, is larger than 1 MB, or is not UTF-8.</exception>
    public static string Load(string path, FaultList faults)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var buffer = new byte[MostBytes + 1];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > MostBytes) throw faults.And(Place.WholeFile, TooLarge);
            return Decode(buffer.AsSpan(0, length), faults);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw faults.And(Place.WholeFile, "there is no such file; check the path.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw faults.And(Place.WholeFile, Directory.Exists(path) ? "is a folder; name the grid file in it." : $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Notes control characters, and tabs that indent: YAML allows neither, and its own messages about them mislead.</summary>
    /// <exception cref="GridFileException">There are some, or the text is larger than 1 MB as UTF-8.</exception>
    public static void Check(string text, FaultList faults)
    {
        if (text.Length > MostBytes || Encoding.UTF8.GetByteCount(text) > MostBytes) throw faults.And(Place.WholeFile, TooLarge);

        int line = 1, column = 1;
        bool indenting = true, isClean = true;
        foreach (char c in text)
        {
            bool isTab = c == '\t' && indenting, isControl = char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085');
            if (isTab) faults.Add(new Place(line, column), "a tab indents the line; YAML wants spaces.");
            if (isControl) faults.Add(new Place(line, column), $"the character {Shown.Of(c.ToString())} is not allowed in a grid file; delete it.");
            isClean &= !isTab && !isControl;

            indenting = c == '\n' || (indenting && c == ' ');
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        if (!isClean) faults.ThrowIfAny();
    }

    private static string Decode(ReadOnlySpan<byte> bytes, FaultList faults)
    {
        var text = new char[bytes.Length];
        return Utf8.ToUtf16(bytes, text, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done
            ? new string(text, 0, written)
            : throw faults.And(Place.After(text.AsSpan(0, written)), "is not UTF-8 from here on; save the file as UTF-8.");
    }
}
