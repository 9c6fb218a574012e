namespace Experiments;

/// <summary>What one epoch of training came to: one row of an experiment's epoch history.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean cross-entropy in nats over the epoch's images, each taken as its batch was trained, as Keras shows it.</param>
/// <param name="TrainAccuracy">Share of the epoch's images predicted rightly, each as its batch was trained.</param>
/// <param name="ValidationLoss">Mean cross-entropy in nats over the validation images after the epoch.</param>
/// <param name="ValidationAccuracy">Share of the validation images predicted rightly after the epoch.</param>
/// <param name="Seconds">Wall time of the epoch's training alone; every other number is reproducible, this one is not.</param>
[GenerateSerializer, Immutable, Alias("Experiments.EpochMetrics")]
public sealed record EpochMetrics(
    [property: Id(0)] int Epoch,
    [property: Id(1)] double TrainLoss,
    [property: Id(2)] double TrainAccuracy,
    [property: Id(3)] double ValidationLoss,
    [property: Id(4)] double ValidationAccuracy,
    [property: Id(5)] double Seconds);
