using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Experiments.Training.Checkpoints;

/// <summary>
/// A chain of SHA-256 over an epoch history: each epoch's number, losses and accuracies, bit for bit, after the hash of those before.
/// The seconds are left out, being different each time.
/// </summary>
public static class HistoryHash
{
    public const string Empty = "";

    public static string Of(IEnumerable<EpochMetrics> history) => history.Aggregate(Empty, Append);

    public static string Append(string before, EpochMetrics epoch)
    {
        Span<byte> link = stackalloc byte[SHA256.HashSizeInBytes + sizeof(int) + (4 * sizeof(double))];
        Convert.FromHexString(before).CopyTo(link);
        var content = link[SHA256.HashSizeInBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(content, epoch.Epoch);
        BinaryPrimitives.WriteDoubleLittleEndian(content[4..], epoch.TrainLoss);
        BinaryPrimitives.WriteDoubleLittleEndian(content[12..], epoch.TrainAccuracy);
        BinaryPrimitives.WriteDoubleLittleEndian(content[20..], epoch.ValidationLoss);
        BinaryPrimitives.WriteDoubleLittleEndian(content[28..], epoch.ValidationAccuracy);
        return Convert.ToHexStringLower(SHA256.HashData(link));
    }
}
