using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>The classes with the highest and the lowest value of one metric.</summary>
/// <param name="Best">Within <see cref="Margin"/> of the highest value, from the highest down; at most <see cref="Most"/>.</param>
/// <param name="Worst">Within <see cref="Margin"/> of the lowest value, from the lowest up; at most <see cref="Most"/>, none of them nearer to the best.</param>
public sealed record ClassExtremes(ImmutableArray<ClassValue> Best, ImmutableArray<ClassValue> Worst)
{
    public const double Margin = 0.02;
    public const int Most = 5;

    /// <summary>Classes without a test image are left out: nothing is known of them.</summary>
    internal static ClassExtremes Of(ClassificationReport report, Func<ClassMetrics, double> metric)
    {
        ImmutableArray<ClassValue> classes =
        [
            .. report.Classes.Where(c => c.Support > 0)
                .Select(c => new ClassValue(c.Label, c.Name, metric(c)))
                .OrderByDescending(c => c.Value).ThenBy(c => c.Label),
        ];
        if (classes.IsEmpty) return new ClassExtremes([], []);

        double highest = classes[0].Value, lowest = classes[^1].Value;
        return new ClassExtremes(
            [.. classes.Where(c => highest - c.Value <= Margin && IsHigh(c)).Take(Most)],
            [.. classes.Where(c => c.Value - lowest <= Margin && !IsHigh(c)).OrderBy(c => c.Value).ThenBy(c => c.Label).Take(Most)]);

        bool IsHigh(ClassValue c) => highest - c.Value <= c.Value - lowest || highest == lowest;
    }
}

/// <param name="Label">Index of the class, from 0.</param>
public sealed record ClassValue(int Label, string Name, double Value);

/// <summary>Best and worst classes by each metric of a classification report.</summary>
public sealed record ClassFindings(ClassExtremes Precision, ClassExtremes Recall, ClassExtremes F1)
{
    public static ClassFindings Of(ClassificationReport report) =>
        new(ClassExtremes.Of(report, c => c.Precision), ClassExtremes.Of(report, c => c.Recall), ClassExtremes.Of(report, c => c.F1));
}
