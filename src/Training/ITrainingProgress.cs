using Experiments.Training.Checkpoints;

namespace Experiments.Training;

/// <summary>Hears of a training's progress, on the thread that trains.</summary>
public interface ITrainingProgress
{
    /// <summary>After each batch; must be quick.</summary>
    void BatchTrained(BatchProgress progress);

    /// <summary>After each batch, once it is told of: training can go on from here, and waits while this returns.</summary>
    /// <param name="checkpoint">Copies this moment's state; to be called now or never, and on this thread.</param>
    void CheckpointOffered(Func<Checkpoint> checkpoint);

    /// <summary>After each epoch; training goes on when this returns.</summary>
    void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint);
}
