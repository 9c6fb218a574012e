using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;

namespace Experiments.Grains.Execution;

/// <summary>What a slot runs on its thread, to the end of one attempt: the <see cref="Trainer"/>'s loop unless another is registered.</summary>
internal delegate TrainingOutcome TrainingLoop(
    ExperimentConfig config, TrainingSet data, Checkpoint? checkpoint, ITrainingProgress progress, TimeProvider time, CancellationToken stop);
