using System.Collections.Immutable;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests;

/// <summary>A training that came to its end, by whatever way.</summary>
internal sealed record Run(TrainingOutcome.Completed Completed, ImmutableArray<EpochMetrics> History)
{
    /// <summary>Trained on where nothing else is said.</summary>
    public static TrainingSet Images { get; } = Some.TrainingSet();

    public string Sha256 => Completed.Evaluation.WeightsSha256;

    public static Run Of(TrainingOutcome outcome, ImmutableArray<EpochMetrics> history) => new(Assert.IsType<TrainingOutcome.Completed>(outcome), history);

    /// <summary>Straight through.</summary>
    public static Run Train(ExperimentConfig config, TrainingSet? images = null)
    {
        using var progress = new Progress();
        return Of(Trainer.Train(config, images ?? Images, null, progress, TimeProvider.System, progress.Stop), [.. progress.History]);
    }

    /// <summary>The checkpoint goes through its bytes, as it would through a storage.</summary>
    public static TrainingOutcome Train(ExperimentConfig config, Checkpoint? checkpoint, Progress progress, TrainingSet? images = null) => Trainer.Train(
        config, images ?? Images, checkpoint is null ? null : Checkpoint.FromBytes(checkpoint.ToBytes()), progress, TimeProvider.System, progress.Stop);

    /// <param name="before">The epochs that the checkpoint knows.</param>
    public static Run Resume(ExperimentConfig config, Checkpoint checkpoint, IEnumerable<EpochMetrics>? before = null, TrainingSet? images = null)
    {
        using var progress = new Progress();
        return Of(Train(config, checkpoint, progress, images), [.. before ?? [], .. progress.History]);
    }

    /// <summary>To the bit, but for the seconds.</summary>
    public static void AssertSame(Run expected, Run actual)
    {
        Assert.Equal(expected.History.Select(Untimed), actual.History.Select(Untimed));
        Assert.Equal(expected.Sha256, actual.Sha256);
        Assert.Equal(Untimed(expected.Completed.Final.Position), Untimed(actual.Completed.Final.Position));
        Assert.Equal(expected.Completed.Final.Parameters.Length, actual.Completed.Final.Parameters.Length);
        Assert.Equal(expected.Completed.Final.BestWeights(), actual.Completed.Final.BestWeights());
        Assert.Equal(expected.Completed.Evaluation.Test, actual.Completed.Evaluation.Test);
        Assert.Equal(expected.Completed.Evaluation.BestTestAccuracy, actual.Completed.Evaluation.BestTestAccuracy);
        Assert.Equal(expected.Completed.Predictions.Probabilities, actual.Completed.Predictions.Probabilities);
    }

    private static EpochMetrics Untimed(EpochMetrics metrics) => metrics with { Seconds = 0 };

    private static TrainingPosition Untimed(TrainingPosition position) => position with { Seconds = 0 };
}
