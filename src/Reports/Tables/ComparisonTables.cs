using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

/// <summary>The comparison as tables: experiments, variants over their seeds, and the best variant against each other one.</summary>
public static class ComparisonTables
{
    private const string Unknown = "–";

    private static readonly string Rule = string.Create(CultureInfo.InvariantCulture,
        $"Overfits: the last validation loss is at least {Overfitting.ClearFrom} times the lowest; slightly: more than {Overfitting.SlightAbove} times.");

    /// <returns>The first always; the others where there are several seeds, or several contests.</returns>
    public static ImmutableArray<ReportTable> Of(GridComparison comparison) =>
    [
        Experiments(comparison),
        .. comparison.Variants.Any(variant => variant.Experiments > 1) ? [Variants(comparison)] : ImmutableArray<ReportTable>.Empty,
        .. comparison.Ranking is { Contests.Length: > 1 } ranking ? [Contests(ranking)] : ImmutableArray<ReportTable>.Empty,
    ];

    private static ReportTable Experiments(GridComparison comparison)
    {
        var table = new ReportTable(
            "Experiment", "Status", "Test accuracy:", "Test loss:",
            "Best epoch:", "Its validation loss:", "Its test accuracy:", "Last validation loss:", "Overfits")
        {
            Note = comparison.Experiments.Any(row => row.Overfitting is not null) ? Rule : null,
        };
        foreach (var row in comparison.Experiments)
        {
            table.Row(
                row.Name,
                row.Status == ExperimentStatus.Completed && row.EpochsTrained == row.Epochs ? $"{row.Status}" : $"{row.Status} ({row.EpochsTrained} of {row.Epochs} epochs)",
                Metric(row.Test?.Accuracy),
                Metric(row.Test?.Loss),
                row.Best?.Epoch.ToString(CultureInfo.InvariantCulture) ?? Unknown,
                Metric(row.Best?.ValidationLoss),
                Metric(row.Best?.TestAccuracy),
                Metric(row.Overfitting?.LastLoss),
                Degree(row.Overfitting));
        }

        return table;
    }

    private static ReportTable Variants(GridComparison comparison)
    {
        var table = new ReportTable("Variant", "Seeds with a test result:", "Test accuracy:", "Test loss:");
        foreach (var variant in comparison.Variants)
        {
            table.Row(
                variant.Name,
                $"{variant.Accuracy?.Count ?? 0} of {variant.Experiments}",
                variant.Accuracy is { } accuracy ? Figures.Metric(accuracy) : Unknown,
                variant.Loss is { } loss ? Figures.Metric(loss) : Unknown);
        }

        return table;
    }

    private static ReportTable Contests(VariantRanking ranking)
    {
        var table = new ReportTable(
            $"{ranking.Best.Name} against", "Lead in test accuracy:", "Test", "Probability", "Adjusted (Holm)", "More than chance");
        foreach (var contest in ranking.Contests)
        {
            table.Row(
                contest.Other.Name,
                Figures.Metric(contest.Lead),
                contest.Test switch
                {
                    McNemarTest test => $"McNemar, {test.OnlyFirst} : {test.OnlySecond} images",
                    WelchTest test => string.Create(CultureInfo.InvariantCulture, $"Welch, t = {test.Statistic:F2}"),
                    _ => Unknown,
                },
                contest.Test is { } made ? Figures.Probability(made.P) : Unknown,
                contest.AdjustedP is { } p ? Figures.Probability(p) : Unknown,
                contest.IsMoreThanChance switch { true => "yes", false => "no", null => "not known" });
        }

        return table;
    }

    private static string Degree(Overfitting? overfitting) => overfitting is null ? Unknown : overfitting.Degree switch
    {
        OverfittingDegree.Clear => $"yes (× {Figures.Ratio(overfitting.Ratio)})",
        OverfittingDegree.Slight => $"slightly (× {Figures.Ratio(overfitting.Ratio)})",
        _ => $"no (× {Figures.Ratio(overfitting.Ratio)})",
    };

    private static string Metric(double? value) => value is { } known ? Figures.Metric(known) : Unknown;
}
