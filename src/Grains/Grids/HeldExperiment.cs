namespace Experiments.Grains.Grids;

/// <summary>What became of an experiment that was paused or cancelled before a slot began it, and so has no state of its own.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.Grains.HeldExperiment")]
internal sealed record HeldExperiment([property: Id(0)] ExperimentStatus Status, [property: Id(1)] DateTimeOffset Since);
