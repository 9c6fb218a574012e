using System.Buffers.Binary;

namespace Experiments.Training.Data;

/// <summary>The start of an IDX file: a magic number, which ends in the number of dimensions, and the size of each, all big-endian.</summary>
/// <param name="Bytes">As they lie in the file.</param>
/// <param name="Sizes">Of each dimension; their product is an array's length.</param>
internal sealed record IdxHeader(byte[] Bytes, int[] Sizes)
{
    private const int ImageDimensions = 3;
    private const int LabelDimensions = 1;
    private const int MagicOfBytes = 0x0800;

    public static IdxHeader OfImages(DataFile file) => Read(file, ImageDimensions, "images");

    public static IdxHeader OfLabels(DataFile file) => Read(file, LabelDimensions, "labels");

    private static IdxHeader Read(DataFile file, int dimensions, string what)
    {
        byte[] bytes = new byte[sizeof(int) * (1 + dimensions)];
        int read = file.Read(bytes);
        CheckMagic(file, bytes.AsSpan(0, Math.Min(read, sizeof(int))), dimensions, what);
        if (read < bytes.Length)
            throw new DatasetException($"{file.Path}: is cut off inside its header, after {read} bytes; fetch it again.");

        uint[] sizes = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i * sizeof(int))))];
        CheckSizes(file, bytes.Length, sizes, what);
        return new IdxHeader(bytes, [.. sizes.Select(size => (int)size)]);
    }

    private static void CheckMagic(DataFile file, ReadOnlySpan<byte> start, int dimensions, string what)
    {
        int expected = MagicOfBytes + dimensions;
        if (start.Length == sizeof(int) && BinaryPrimitives.ReadInt32BigEndian(start) is var magic)
        {
            if (magic == expected)
                return;
            if (magic is MagicOfBytes + ImageDimensions or MagicOfBytes + LabelDimensions)
                throw new DatasetException(
                    $"{file.Path}: holds {(magic == MagicOfBytes + LabelDimensions ? "labels" : "images")} where {what} are wanted; have the two files been swapped?");
        }

        throw new DatasetException(
            $"{file.Path}: is no IDX file of {what}: it starts with {Convert.ToHexString(start)}, where {expected:X8} is wanted (gzipped or plain); give a CSV file as csv.");
    }

    // Before anything is allocated: a header may claim any size.
    private static void CheckSizes(DataFile file, int headerBytes, uint[] sizes, string what)
    {
        string claim = string.Join(" × ", sizes);
        if (sizes.Contains(0u))
            throw new DatasetException($"{file.Path}: holds no {what} (its header says {claim}); give a file with at least one.");

        UInt128 wanted = sizes.Aggregate((UInt128)1, (product, size) => product * size);
        if (wanted > (UInt128)Array.MaxLength)
            throw new DatasetException($"{file.Path}: its header claims {claim} = {wanted} bytes, more than the {Array.MaxLength} that can be held; it is damaged, or must be divided.");
        if (wanted + (UInt128)headerBytes > (UInt128)file.MostBytes)
            throw new DatasetException(
                $"{file.Path}: its header claims {claim} = {wanted} bytes of {what}, more than the file can hold; it is cut off or damaged: fetch it again.");
    }
}
