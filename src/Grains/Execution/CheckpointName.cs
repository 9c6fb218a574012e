using System.Globalization;
using Experiments.Training.Checkpoints;

namespace Experiments.Grains.Execution;

/// <summary>Names of stored checkpoints: in the order of their positions, and each lease's its own.</summary>
internal static class CheckpointName
{
    private const string Prefix = "checkpoint-";

    public static string Of(TrainingPosition position, long lease) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{position.CompletedEpochs:D6}-{position.Batch:D8}-{lease:D6}");

    public static bool IsCheckpoint(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
