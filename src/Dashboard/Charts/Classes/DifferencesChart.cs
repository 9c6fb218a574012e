using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Charts;

/// <summary>F1 of each class, of two variants over their seeds.</summary>
public sealed record DifferencesChart(ImmutableArray<string> Classes, ClassScores First, ClassScores Second)
{
    /// <param name="experiments">Of the grid; those without a classification report take no part.</param>
    /// <returns>Without classes where one of the two has no report.</returns>
    public static DifferencesChart Of(ImmutableArray<ExperimentSnapshot> experiments, string first, string second)
    {
        return Of(first, Reports(first), second, Reports(second));

        ImmutableArray<ClassificationReport> Reports(string variant) =>
            [.. experiments.Where(experiment => experiment.Variant == variant).Select(experiment => experiment.ClassificationReport).OfType<ClassificationReport>()];
    }

    /// <param name="before">Reports of the first variant's experiments.</param>
    /// <param name="after">Reports of the second variant's.</param>
    /// <returns>Without classes where one of the two has no report.</returns>
    public static DifferencesChart Of(string first, ImmutableArray<ClassificationReport> before, string second, ImmutableArray<ClassificationReport> after)
    {
        ImmutableArray<string> classes = before.IsEmpty || after.IsEmpty ? [] : [.. before[0].Classes.Select(c => c.Name)];
        return new DifferencesChart(classes, ClassScores.Of(first, before, classes.Length), ClassScores.Of(second, after, classes.Length));
    }
}

/// <param name="Name">Of the variant.</param>
/// <param name="Seeds">Number of experiments with a classification report.</param>
/// <param name="Mean">F1 of each class, 0 to 1.</param>
/// <param name="Deviation">Of the sample; null below two seeds.</param>
public sealed record ClassScores(string Name, int Seeds, ImmutableArray<double> Mean, ImmutableArray<double?> Deviation)
{
    internal static ClassScores Of(string name, ImmutableArray<ClassificationReport> reports, int classes)
    {
        ImmutableArray<Sample> samples = [.. Enumerable.Range(0, classes).Select(label => Sample.Of([.. reports.Select(report => report.Classes[label].F1)])!)];
        return new ClassScores(name, reports.Length, [.. samples.Select(sample => sample.Mean)], [.. samples.Select(sample => sample.StandardDeviation)]);
    }
}
