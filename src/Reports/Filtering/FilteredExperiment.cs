using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a filter can ask of an experiment.</summary>
/// <param name="Numbers">By the names of <see cref="FilterNumbers"/>; one that is not known is missing or NaN.</param>
public sealed record FilteredExperiment(
    string Name, ExperimentStatus Status, ImmutableArray<string> Tags, ImmutableDictionary<string, double> Numbers)
{
    public static FilteredExperiment Of(ExperimentSnapshot experiment, ImmutableArray<string> tags) =>
        new(experiment.Name, experiment.Status, tags, FilterNumbers.Of(experiment));
}
