using System.Collections.Immutable;

namespace Experiments.Dashboard.Charts;

/// <summary>A confusion matrix: number of test images by true class (row) and predicted class (column).</summary>
public sealed record ConfusionChart(ImmutableArray<string> Classes, ImmutableArray<ImmutableArray<int>> Counts)
{
    /// <returns>Without classes where the experiment is not evaluated.</returns>
    public static ConfusionChart Of(ExperimentSnapshot experiment) =>
        experiment is { ClassificationReport: { } report, ConfusionMatrix: { } counts }
            ? new ConfusionChart([.. report.Classes.Select(c => c.Name)], counts)
            : new ConfusionChart([], []);
}
