using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Training.Data;

/// <summary>
/// SHA-256 of what a dataset holds, whatever files it came from. Hashed are, one after the other, numbers as 32-bit little-endian:
/// the text <c>experiments-dataset-1</c>; the number of classes, and each name's length in bytes and its UTF-8;
/// height; width; then for the training and for the test images: their number, all labels, all pixels row by row.
/// </summary>
public static class ContentHash
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(ImmutableArray<string> classes, ImageSet train, ImageSet test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("experiments-dataset-1"u8);
        AppendNumber(hash, classes.Length);
        foreach (string name in classes)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            AppendNumber(hash, utf8.Length);
            hash.AppendData(utf8);
        }

        AppendNumber(hash, train.Height);
        AppendNumber(hash, train.Width);
        AppendImages(hash, train);
        AppendImages(hash, test);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendImages(IncrementalHash hash, ImageSet images)
    {
        AppendNumber(hash, images.Count);
        if (BitConverter.IsLittleEndian)
            hash.AppendData(MemoryMarshal.AsBytes(images.Labels));
        else
            foreach (int label in images.Labels)
                AppendNumber(hash, label);

        hash.AppendData(images.Pixels);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
