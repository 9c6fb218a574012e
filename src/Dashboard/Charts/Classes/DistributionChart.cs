using System.Collections.Immutable;

namespace Experiments.Dashboard.Charts;

/// <summary>Number of images of each class, side by side for the splits of a dataset.</summary>
public sealed record DistributionChart(ImmutableArray<string> Classes, ImmutableArray<DistributionSplit> Splits);

/// <param name="Name">Such as <c>train</c>.</param>
/// <param name="Counts">One for each class.</param>
public sealed record DistributionSplit(string Name, ImmutableArray<int> Counts);
