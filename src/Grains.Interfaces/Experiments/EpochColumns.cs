using System.Collections.Immutable;

namespace Experiments;

/// <summary>Some of an experiment's epoch history; every column has one element for each epoch, ascending. What they mean: see <see cref="EpochMetrics"/>.</summary>
[GenerateSerializer, Immutable, Alias("Experiments.EpochColumns")]
public sealed record EpochColumns(
    [property: Id(0)] string ExperimentId,
    [property: Id(1)] ImmutableArray<int> Epoch,
    [property: Id(2)] ImmutableArray<double> TrainLoss,
    [property: Id(3)] ImmutableArray<double> TrainAccuracy,
    [property: Id(4)] ImmutableArray<double> ValidationLoss,
    [property: Id(5)] ImmutableArray<double> ValidationAccuracy,
    [property: Id(6)] ImmutableArray<double> Seconds);
