using System.Collections.Concurrent;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;

namespace Experiments.Grains.Tests.Execution;

/// <summary>An experiment trained straight through by the trainer alone: what any way through a cluster must come to.</summary>
internal sealed class TrainedAlone : ITrainingProgress
{
    private static readonly ConcurrentDictionary<ExperimentConfig, Task<TrainedAlone>> Trained = [];

    private readonly List<EpochMetrics> _history = [];

    private TrainedAlone()
    {
    }

    public IEnumerable<EpochMetrics> History => _history;

    public string WeightsSha256 { get; private set; } = "";

    /// <param name="reference">A <see cref="SmallDataset"/>: all have the same content, so that each configuration is trained once.</param>
    public static Task<TrainedAlone> Of(ExperimentConfig config, DatasetReference reference) => Trained.GetOrAdd(config, Train, reference);

    /// <summary>Fails where a result differs in anything but its seconds.</summary>
    public void AssertSame(ExperimentSnapshot result)
    {
        Assert.Equal(WeightsSha256, result.WeightsSha256);
        Assert.Equal(_history.WithoutSeconds(), result.History.WithoutSeconds());
    }

    private static async Task<TrainedAlone> Train(ExperimentConfig config, DatasetReference reference)
    {
        var dataset = await Some.Loader().LoadAsync(reference, progress: null, Some.Token);
        var split = TrainTestSplit.Create(dataset.Train.Count, config.Split.Validation, config.Split.Seed);
        var alone = new TrainedAlone();
        var outcome = Trainer.Train(config, new TrainingSet(dataset, split), null, alone, TimeProvider.System, Some.Token);
        alone.WeightsSha256 = Assert.IsType<TrainingOutcome.Completed>(outcome).Evaluation.WeightsSha256;
        return alone;
    }

    void ITrainingProgress.BatchTrained(BatchProgress progress)
    {
    }

    void ITrainingProgress.CheckpointOffered(Func<Checkpoint> checkpoint)
    {
    }

    void ITrainingProgress.EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint) => _history.Add(metrics);
}
