using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a curve shows of an experiment.</summary>
/// <param name="Epochs">As far as it has trained, ascending.</param>
public sealed record ExperimentHistory(string Id, string Name, string Variant, ExperimentStatus Status, ImmutableArray<EpochMetrics> Epochs)
{
    public static ExperimentHistory Of(ExperimentSnapshot experiment) =>
        new(experiment.Id, experiment.Name, experiment.Variant, experiment.Status, experiment.History);
}
