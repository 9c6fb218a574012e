namespace Experiments.Training.Models;

/// <summary>What one batch does to the weights.</summary>
/// <param name="LearningRate">Of this update.</param>
/// <param name="Step">The update's number, from 1.</param>
/// <param name="LabelSmoothing">Share of the target that is spread evenly over all classes.</param>
internal readonly record struct BatchUpdate(UpdateRule Rule, double LearningRate, long Step, double LabelSmoothing = 0);
