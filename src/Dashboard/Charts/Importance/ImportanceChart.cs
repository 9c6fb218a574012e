using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>What each varied key explains of the variance of the test accuracies (<see cref="ParameterImportance"/>).</summary>
/// <param name="Total">Number of completed experiments.</param>
/// <param name="Keys">The most important first; empty where too few have completed to say, or nothing varies.</param>
public sealed record ImportanceChart(int Total, ImmutableArray<KeyImportance> Keys)
{
    public static ImportanceChart Of(ImmutableArray<ExperimentOutcome> experiments) => new(
        experiments.Count(experiment => experiment is { Status: ExperimentStatus.Completed, Test: not null }),
        ParameterImportance.Of(experiments)?.Keys ?? []);
}
