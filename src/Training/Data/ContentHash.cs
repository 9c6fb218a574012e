using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Experiments.Training.Data;

/// <summary>SHA-256 of what a dataset holds, whatever files it came from: that of its packed form.</summary>
public static class ContentHash
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(ImmutableArray<string> classes, ImageSet train, ImageSet test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> piece in PackedDataset.Pieces(classes, train, test))
            hash.AppendData(piece.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static bool IsOne(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
}
