using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>A comparison in words: who won and whether that is more than chance, who overfits, what is missing, and what limits it.</summary>
public static class Verdicts
{
    /// <returns>Sentences of plain text, to be read in their order; at least one.</returns>
    public static ImmutableArray<string> Sentences(GridComparison comparison) =>
    [
        .. comparison.Ranking is { } ranking ? RankingSentences.Of(ranking) : [WithoutRanking(comparison)],
        .. OverfittingSentences.Of(comparison),
        .. UnfinishedSentences.Of(comparison.Experiments),
        .. Environments(comparison.EnvironmentDifferences),
    ];

    private static string WithoutRanking(GridComparison comparison)
    {
        if (comparison.Variants.FirstOrDefault(variant => variant.Accuracy is not null) is not { Accuracy: { } accuracy, Loss: { } loss } only)
            return "No experiment has a test result, so there is nothing to compare.";

        string seeds = accuracy.Count > 1 ? $" over {Figures.Count(accuracy.Count, "seed")}" : "";
        string others = comparison.Variants.Length == 1 ? "There is no other variant" : "No other variant has a test result";
        return $"{only.Name}: test accuracy {Figures.Metric(accuracy)}, test loss {Figures.Metric(loss)}{seeds}. {others} to compare it with.";
    }

    private static IEnumerable<string> Environments(ImmutableArray<EnvironmentDifference> differences)
    {
        if (differences.IsEmpty) yield break;

        var described = differences.Select(difference =>
            $"{difference.What} ({string.Join("; ", difference.Values.Select(value => $"{value.Value}: {Figures.Names(value.Experiments)}"))})");
        yield return $"The experiments were not trained in the same environment: they differ in {string.Join(", ", described)}. "
            + "Across these, results do not compare bit for bit.";
    }
}
