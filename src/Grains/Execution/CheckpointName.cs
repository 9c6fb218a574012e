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
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{lease:D8}-{position.CompletedEpochs:D6}-{position.Batch:D8}");

    public static bool IsCheckpoint(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
