using Experiments.Training.Checkpoints;

namespace Experiments.Training;

/// <summary>Hears of a training's progress, on the thread that trains.</summary>
public interface ITrainingProgress
{
    /// <summary>After each batch; must be quick.</summary>
    void BatchTrained(BatchProgress progress);

    /// <summary>After each epoch; training goes on when this returns.</summary>
    void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint);
}
