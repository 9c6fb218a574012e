namespace Experiments.Training.Data;

/// <summary>The lines of a text file as bytes, without their ends (LF or CRLF), without a byte order mark, blank lines left out.</summary>
internal sealed class CsvLines(DataFile file)
{
    // 64 MB a line are images of 4,000 × 4,000: what is longer is no CSV.
    private const int LongestLine = 1 << 26;

    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private bool _fileEnded;

    /// <summary>Of the line read last, from 1, blank lines counted.</summary>
    public int Number { get; private set; }

    /// <param name="line">Valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (Number == 1 && line.StartsWith("\uFEFF"u8))
                line = line["\uFEFF"u8.Length..];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            if (!line.IsEmpty)
                return true;
        }

        return false;
    }

    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
            int length = unread[searched..].IndexOf((byte)'\n');
            if (length >= 0 || _fileEnded)
            {
                length = length < 0 ? unread.Length : searched + length;
                line = unread[..length];
                bool found = length < unread.Length || length > 0;
                _start = Math.Min(_end, _start + length + 1);
                Number += found ? 1 : 0;
                return found;
            }

            searched = unread.Length;
            ReadMore();
        }
    }

    private void ReadMore()
    {
        int kept = _end - _start;
        if (kept > LongestLine)
            throw new DatasetException($"{file.Path}, line {Number + 1}: is longer than {LongestLine >> 20} MB; this is no CSV file of images.");

        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        _buffer = target;
        _start = 0;
        int room = _buffer.Length - kept;
        int read = file.Read(_buffer.AsSpan(kept, room));
        _end = kept + read;
        _fileEnded = read < room;
    }
}
