using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>One experiment in words: why it is not finished, its test result, and whether it overfits.</summary>
public static class ExperimentSentences
{
    public static ImmutableArray<string> Of(ExperimentComparison row) =>
    [
        .. row.Status == ExperimentStatus.Completed ? ImmutableArray<string>.Empty : [UnfinishedSentences.Of(row)],
        .. row.Test is { } test ? [Result(test)] : ImmutableArray<string>.Empty,
        .. row.Overfitting is { } overfitting ? [OverfittingSentences.Of(row.Name, overfitting)] : ImmutableArray<string>.Empty,
    ];

    private static string Result(TestMetrics test) =>
        $"Test accuracy {Figures.Metric(test.Accuracy)}, test loss {Figures.Metric(test.Loss)}: "
        + $"{Figures.Count(test.Correct)} test images right, {Figures.Count(test.Incorrect)} wrong.";
}
