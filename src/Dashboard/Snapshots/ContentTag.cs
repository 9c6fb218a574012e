using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Experiments.Dashboard.Snapshots;

/// <summary>Names an answer by its content, so that who has it already need not get it again.</summary>
internal static class ContentTag
{
    private const int Bytes = 16;

    /// <param name="isWeak">Whether it names what matters of the content alone.</param>
    public static EntityTagHeaderValue Of(byte[] content, bool isWeak = false) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, Bytes))}\"", isWeak);
}
