using System.Collections.Immutable;

namespace Experiments.Training.Models;

/// <summary>How an optimizer turns gradients into steps, and what it remembers of each weight from one update to the next.</summary>
internal abstract class UpdateRule
{
    public static UpdateRule Of(TrainingConfig training) => training.Optimizer switch
    {
        Optimizer.Adam => new Adam(weightDecay: training.WeightDecay),
        Optimizer.Adamw => new Adam(decoupledDecay: training.WeightDecay),
        Optimizer.Sgd => new Sgd(training.Momentum, training.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(training), training.Optimizer, "There is no such optimizer."),
    };

    /// <summary>What it remembers, by the names that checkpoints give them: for each an array as long as the weights, zeros at first.</summary>
    public abstract ImmutableArray<string> Moments { get; }

    /// <summary>One update, in one pass over memory.</summary>
    /// <param name="gradient">As long as the weights.</param>
    /// <param name="moments">In the order of <see cref="Moments"/>.</param>
    /// <param name="decays">Whether weight decay is for these weights.</param>
    /// <param name="learningRate">Of this update.</param>
    /// <param name="step">The update's number, from 1.</param>
    public abstract void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<float[]> moments, bool decays, double learningRate, long step);
}
