using System.Security.Cryptography;

namespace Experiments.Training.Data;

/// <summary>An array of bytes in the IDX format of MNIST, gzipped or plain.</summary>
/// <param name="Sizes">[Count, Height, Width] of images, [Count] of labels.</param>
/// <param name="Values">Row by row.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values)
{
    private const int ChunkBytes = 1 << 20;

    /// <param name="path">Of the file.</param>
    /// <param name="sha256">What the unpacked file's SHA-256 must be; null where any content will do.</param>
    public static IdxFile ReadImages(string path, string? sha256, CancellationToken cancellationToken) =>
        Read(path, IdxHeader.OfImages, sha256, cancellationToken);

    /// <inheritdoc cref="ReadImages"/>
    public static IdxFile ReadLabels(string path, string? sha256, CancellationToken cancellationToken) =>
        Read(path, IdxHeader.OfLabels, sha256, cancellationToken);

    private static IdxFile Read(string path, Func<DataFile, IdxHeader> readHeader, string? sha256, CancellationToken cancellationToken)
    {
        using var file = new DataFile(path);
        IdxHeader header = readHeader(file);
        byte[] values = GC.AllocateUninitializedArray<byte>(header.Sizes.Aggregate(1, (product, size) => product * size));
        using var hash = sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash?.AppendData(header.Bytes);

        for (int done = 0; done < values.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> chunk = values.AsSpan(done, Math.Min(ChunkBytes, values.Length - done));
            int read = file.Read(chunk);
            hash?.AppendData(chunk[..read]);
            done += read;
            if (read < chunk.Length)
                throw new DatasetException($"{path}: is cut off after {done} of the {values.Length} bytes that its header claims; fetch it again.");
        }

        if (file.Read(stackalloc byte[1]) > 0)
            throw new DatasetException($"{path}: goes on after the {values.Length} bytes that its header claims; it is damaged, or several files in one: fetch it again.");
        if (hash is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) is var found && found != sha256)
            throw new DatasetException(
                $"{path}: is well-formed, but its unpacked content has the SHA-256 {found}, where the published file has {sha256}; "
                + "fetch it again, or describe data of your own under dataset in the grid file.");

        return new IdxFile(header.Sizes, values);
    }
}
