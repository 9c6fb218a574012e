using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Training.Data;

/// <summary>Reads a packed dataset, of which nothing is believed until its SHA-256 is found right: no size that it claims is more than it can hold.</summary>
/// <param name="read">Fills a buffer with what comes next.</param>
/// <param name="length">Bytes that there are.</param>
internal sealed class PackedReader(Func<Memory<byte>, ValueTask> read, long length) : IDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _left = length;

    /// <param name="name">Of the dataset, which its content does not tell.</param>
    /// <param name="sha256">What the content must have.</param>
    /// <exception cref="InvalidDataException">It is another content, cut off or damaged.</exception>
    public async Task<Dataset> ReadAsync(string name, string sha256)
    {
        if (!(await ReadBytesAsync(PackedDataset.Beginning.Length)).AsSpan().SequenceEqual(PackedDataset.Beginning))
            throw new InvalidDataException("it is no packed dataset");

        ImmutableArray<string> classes = await ReadClassesAsync();
        var size = new ImageSize(await ReadNumberAsync(least: 1), await ReadNumberAsync(least: 1));
        ImageSet train = await ReadImagesAsync(size, classes.Length), test = await ReadImagesAsync(size, classes.Length);
        if (_left > 0)
            throw new InvalidDataException($"it goes on for {_left} bytes after its end");
        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) is var found && found != sha256)
            throw new InvalidDataException($"its SHA-256 is {found}");
        return new Dataset(name, classes, train, test, sha256);
    }

    public void Dispose() => _hash.Dispose();

    private async Task<ImmutableArray<string>> ReadClassesAsync()
    {
        int count = await ReadNumberAsync(least: 1);
        var names = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < count; i++)
            names.Add(Encoding.UTF8.GetString(await ReadBytesAsync(await ReadNumberAsync(least: 0))));
        return names.DrainToImmutable();
    }

    private async Task<ImageSet> ReadImagesAsync(ImageSize size, int classes)
    {
        int count = await ReadNumberAsync(least: 1);
        if ((Int128)count * (sizeof(int) + ((Int128)size.Height * size.Width)) > _left)
            throw new InvalidDataException($"it claims {count} images of {size.Height} × {size.Width}, more than it can hold");

        int[] labels = await ReadLabelsAsync(count);
        if (labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1) is var wrong and >= 0)
            throw new InvalidDataException($"image {wrong} has the label {labels[wrong]}, outside its {classes} classes");

        byte[] pixels = await ReadBytesAsync((long)count * size.Height * size.Width);
        return new ImageSet(size.Height, size.Width, pixels, labels);
    }

    private async Task<int[]> ReadLabelsAsync(int count)
    {
        int[] labels = new int[count];
        for (int done = 0; done < count;)
        {
            byte[] bytes = await ReadBytesAsync(Math.Min((long)(count - done) * sizeof(int), PieceBytes));
            for (int at = 0; at < bytes.Length; at += sizeof(int))
                labels[done++] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        }

        return labels;
    }

    private async Task<int> ReadNumberAsync(int least)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(await ReadBytesAsync(sizeof(int)));
        return number >= least ? number : throw new InvalidDataException($"it claims the number {number}, where at least {least} is wanted");
    }

    private async Task<byte[]> ReadBytesAsync(long count)
    {
        if (count > Math.Min(_left, Array.MaxLength))
            throw new InvalidDataException("it claims more than it can hold");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        await FillAsync(bytes);
        return bytes;
    }

    private async Task FillAsync(Memory<byte> bytes)
    {
        _left -= bytes.Length;
        for (Memory<byte> rest = bytes; !rest.IsEmpty;)
        {
            Memory<byte> piece = rest[..Math.Min(rest.Length, PieceBytes)];
            await read(piece);
            _hash.AppendData(piece.Span);
            rest = rest[piece.Length..];
        }
    }
}
