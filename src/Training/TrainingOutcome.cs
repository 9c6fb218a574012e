using Experiments.Training.Checkpoints;

namespace Experiments.Training;

/// <summary>How a training ended.</summary>
public abstract record TrainingOutcome
{
    private TrainingOutcome()
    {
    }

    /// <summary>Trained to its end, be it the last epoch or an early one, and evaluated.</summary>
    /// <param name="Final">The state at the end, which a longer training goes on from.</param>
    public sealed record Completed(TestEvaluation Evaluation, Predictions Predictions, Checkpoint Final) : TrainingOutcome;

    /// <summary>Asked to stop: goes on from the checkpoint.</summary>
    public sealed record Stopped(Checkpoint Checkpoint) : TrainingOutcome;

    /// <summary>The loss was not a number, or infinite.</summary>
    public sealed record Diverged(int Epoch) : TrainingOutcome;
}
