namespace Experiments.Grains.Grids;

/// <summary>One submit of a grid.</summary>
/// <param name="First">Place in the grid of the first experiment that came with it, from 0.</param>
/// <param name="Trace">What it was part of, as W3C's traceparent; null where nobody traced it.</param>
[GenerateSerializer, Immutable, Alias("Experiments.Grains.GridSubmit")]
internal sealed record GridSubmit([property: Id(0)] int First, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Trace);
