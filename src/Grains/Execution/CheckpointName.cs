using System.Globalization;
using Experiments.Training.Checkpoints;

namespace Experiments.Grains.Execution;

/// <summary>
/// Names of stored checkpoints, in the order in which they are to be tried: by the lease first, since a newer one goes on from where
/// the older ones could be read, then by the position.
/// </summary>
internal static class CheckpointName
{
    private const string Prefix = "checkpoint-";

    public static string Of(TrainingPosition position, long lease) =>
        string.Create(CultureInfo.InvariantCulture, $"{OfLease(lease)}{position.CompletedEpochs:D6}-{position.Batch:D8}");

    public static bool IsCheckpoint(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the training under the last lease has stored a checkpoint further on than where it began.</summary>
    /// <param name="names">Of the checkpoints that are stored.</param>
    public static bool HasAdvanced(IEnumerable<string> names, long lastLease)
    {
        var positions = names.Where(IsCheckpoint).ToLookup(name => name.StartsWith(OfLease(lastLease), StringComparison.Ordinal), Position);
        string began = positions[false].Append(Position(Of(new TrainingPosition(), lastLease))).Max(StringComparer.Ordinal)!;
        return positions[true].Any(position => string.CompareOrdinal(position, began) > 0);
    }

    private static string OfLease(long lease) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{lease:D8}-");

    /// <summary>The part that tells the position; texts in the order of the positions.</summary>
    private static string Position(string name) => name[OfLease(0).Length..];
}
