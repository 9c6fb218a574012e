using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Experiments.Training.Data;

/// <summary>
/// A dataset as one sequence of bytes, whose SHA-256 is the dataset's own: whoever receives it needs nothing else to know that it is whole.
/// It is, with numbers as 32-bit little-endian: the text <c>experiments-dataset-1</c>; the number of classes, and each name's length in bytes
/// and its UTF-8; height; width; then for the training and for the test images: their number, all labels, all pixels row by row.
/// </summary>
public sealed class PackedDataset(Dataset dataset)
{
    private const int LabelsAtOnce = 1 << 16;

    /// <summary>In bytes.</summary>
    public long Length { get; } =
        Header(dataset.Classes, dataset.ImageSize).Length + LengthOf(dataset.Train.Count, dataset.ImageSize) + LengthOf(dataset.Test.Count, dataset.ImageSize);

    internal static ReadOnlySpan<byte> Beginning => "experiments-dataset-1"u8;

    /// <summary>The chunks of these numbers, in order; each is made when it is asked for.</summary>
    public IEnumerable<(int Number, byte[] Bytes)> Chunks(IReadOnlySet<int> numbers)
    {
        int number = 0, filled = 0;
        byte[]? chunk = null;
        foreach (ReadOnlyMemory<byte> piece in Pieces(dataset.Classes, dataset.Train, dataset.Test))
        {
            for (ReadOnlyMemory<byte> rest = piece; !rest.IsEmpty;)
            {
                int size = DatasetChunks.SizeOf(number, Length);
                int taken = Math.Min(rest.Length, size - filled);
                if (numbers.Contains(number))
                {
                    chunk ??= new byte[size];
                    rest[..taken].CopyTo(chunk.AsMemory(filled));
                }

                filled += taken;
                rest = rest[taken..];
                if (filled < size)
                    continue;
                if (chunk is not null)
                    yield return (number, chunk);
                (number, filled, chunk) = (number + 1, 0, null);
            }
        }
    }

    internal static IEnumerable<ReadOnlyMemory<byte>> Pieces(ImmutableArray<string> classes, ImageSet train, ImageSet test)
    {
        yield return Header(classes, new ImageSize(train.Height, train.Width));
        foreach (ImageSet images in (ImageSet[])[train, test])
        {
            yield return Numbers([images.Count]);
            for (int first = 0; first < images.Count; first += LabelsAtOnce)
                yield return Numbers(images.Labels[first..Math.Min(first + LabelsAtOnce, images.Count)]);
            yield return images.PixelMemory;
        }
    }

    /// <summary>Of the training or the test images, with their number.</summary>
    internal static long LengthOf(long images, ImageSize size) => sizeof(int) + (images * (sizeof(int) + ((long)size.Height * size.Width)));

    private static byte[] Header(ImmutableArray<string> classes, ImageSize size)
    {
        using var header = new MemoryStream();
        header.Write(Beginning);
        header.Write(Numbers([classes.Length]));
        foreach (byte[] name in classes.Select(Encoding.UTF8.GetBytes))
        {
            header.Write(Numbers([name.Length]));
            header.Write(name);
        }

        header.Write(Numbers([size.Height, size.Width]));
        return header.ToArray();
    }

    private static byte[] Numbers(ReadOnlySpan<int> numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(int)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), numbers[i]);
        return bytes;
    }
}
