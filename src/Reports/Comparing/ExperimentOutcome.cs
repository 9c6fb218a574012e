namespace Experiments.Reports;

/// <summary>What an experiment was given, and what came of it so far.</summary>
/// <param name="Last">The last epoch committed; null before the first.</param>
/// <param name="Test">Of the last epoch's weights, or of the best one's where they are restored; null until it is evaluated.</param>
public sealed record ExperimentOutcome(
    string Id, string Name, string Variant, ExperimentStatus Status, ExperimentConfig Config, EpochMetrics? Last, BestEpoch? Best, TestMetrics? Test)
{
    public static ExperimentOutcome Of(ExperimentSnapshot experiment) => new(
        experiment.Id, experiment.Name, experiment.Variant, experiment.Status, experiment.Config,
        experiment.History is [.., var last] ? last : null, experiment.Best, experiment.Test);

    /// <param name="config">That of the row's experiment, which <see cref="GridDefinition"/> holds.</param>
    public static ExperimentOutcome Of(ExperimentRow row, ExperimentConfig config) =>
        new(row.Id, row.Name, row.Variant, row.Status, config, row.Last, row.Best, row.Test);
}
