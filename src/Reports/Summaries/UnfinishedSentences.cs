using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>Which experiments have no test result, and why; where many share a status, their number.</summary>
internal static class UnfinishedSentences
{
    private const int MostNamed = 5;

    public static IEnumerable<string> Of(ImmutableArray<ExperimentComparison> experiments) =>
        experiments.Where(experiment => experiment.Status != ExperimentStatus.Completed)
            .GroupBy(experiment => experiment.Status)
            .SelectMany(group => OfStatus(group.Key, [.. group]));

    private static IEnumerable<string> OfStatus(ExperimentStatus status, ImmutableArray<ExperimentComparison> experiments)
    {
        if (experiments.Length <= MostNamed) return experiments.Select(Of);

        string cause = experiments.FirstOrDefault(experiment => experiment.Error is not null) is { } first
            ? $"; {first.Name}: {first.Error!.TrimEnd('.')}"
            : "";
        return [$"{Figures.Count(experiments.Length)} experiments {(status == ExperimentStatus.Failed ? "failed" : $"are {Word(status)}")}{cause}."];
    }

    public static string Of(ExperimentComparison experiment)
    {
        string verb = experiment.Status == ExperimentStatus.Failed ? "failed" : $"is {Word(experiment.Status)}";
        string cause = experiment.Error is { } error ? $": {error.TrimEnd('.')}" : "";
        return $"{experiment.Name} {verb} after {Figures.Count(experiment.EpochsTrained)} of {Figures.Count(experiment.Epochs, "epoch")}{cause}.";
    }

    private static string Word(ExperimentStatus status) => status switch
    {
        ExperimentStatus.Pending => "pending",
        ExperimentStatus.Running => "running",
        ExperimentStatus.Paused => "paused",
        ExperimentStatus.Cancelled => "cancelled",
        _ => throw new InvalidOperationException($"No word for {status}."),
    };
}
