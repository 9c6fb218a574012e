namespace Experiments;

/// <summary>A dataset's content travels and is stored in pieces, numbered from 0: one is small enough for a message, and all but the last are of one size.</summary>
public static class DatasetChunks
{
    /// <summary>Of every chunk but the last, which may be shorter.</summary>
    public const int Bytes = 1 << 20;

    /// <param name="length">Of the content in bytes, from 1.</param>
    public static int Count(long length) => checked((int)((length + Bytes - 1) / Bytes));

    /// <returns>Bytes of one chunk of a content.</returns>
    public static int SizeOf(int number, long length) => (int)Math.Min(Bytes, length - ((long)number * Bytes));
}
