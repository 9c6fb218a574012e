using System.Buffers.Binary;
using System.IO.Compression;

namespace Experiments.Training.Data;

/// <summary>The content of a file, which is unpacked where its first bytes say gzip. Every fault is a <see cref="DatasetException"/>.</summary>
internal sealed class DataFile : IDisposable
{
    // Deflate's best: a match of 258 bytes in two bits.
    private const int MostBytesPerGzippedByte = 1032;

    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly uint _lengthInTrailer;
    private uint _unpacked;

    public DataFile(string path)
    {
        Path = path;
        _file = Open(path);
        try
        {
            IsGzipped = _file.ReadByte() == 0x1f && _file.ReadByte() == 0x8b;
            _lengthInTrailer = IsGzipped ? ReadTrailer() : 0;
            _file.Position = 0;
            MostBytes = _file.Length * (IsGzipped ? MostBytesPerGzippedByte : 1);
            _content = IsGzipped ? new GZipStream(_file, CompressionMode.Decompress) : _file;
        }
        catch (Exception fault)
        {
            _file.Dispose();
            if (fault is IOException)
                throw Unreadable(fault);
            throw;
        }
    }

    public string Path { get; }

    public bool IsGzipped { get; }

    /// <summary>The content cannot be longer than this many bytes: known before any is unpacked.</summary>
    public long MostBytes { get; }

    /// <returns>How many bytes were read: fewer than <paramref name="buffer"/> takes only where the content ends.</returns>
    public int Read(Span<byte> buffer)
    {
        try
        {
            int read = _content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            _unpacked += (uint)read;
            if (read < buffer.Length && IsGzipped && _unpacked != _lengthInTrailer)
                throw new InvalidDataException("its gzip trailer does not fit its content");
            return read;
        }
        catch (InvalidDataException fault)
        {
            throw new DatasetException($"{Path}: is damaged or cut off ({fault.Message.TrimEnd('.')}); fetch or compress it again.", fault);
        }
        catch (IOException fault)
        {
            throw Unreadable(fault);
        }
    }

    public void Dispose() => _content.Dispose();

    // The length of the content, modulo 2³². GZipStream takes the end of a file that is cut off for the end of the content.
    private uint ReadTrailer()
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        _file.Position = Math.Max(0, _file.Length - trailer.Length);
        return _file.ReadAtLeast(trailer, trailer.Length, throwOnEndOfStream: false) == trailer.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(trailer)
            : 0;
    }

    private DatasetException Unreadable(Exception fault) =>
        new($"{Path}: cannot be read ({fault.Message.TrimEnd('.')}); check the disk, or fetch the file again.", fault);

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new DatasetException($"{path}: is a folder, where a file is wanted; name the file in it.");

        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: no such file; check the path.", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DatasetException($"{path}: permission denied; make it readable for the user {Environment.UserName} (chmod a+r).", fault);
        }
        catch (IOException fault)
        {
            throw new DatasetException($"{path}: cannot be opened ({fault.Message.TrimEnd('.')}); check the path.", fault);
        }

        if (file is { CanSeek: true, Length: > 0 })
            return file;

        string reason = file.CanSeek ? "the file is empty; fetch or write it again." : "is a pipe or a device, where a file is wanted; save it to a file first.";
        file.Dispose();
        throw new DatasetException($"{path}: {reason}");
    }
}
