using System.Collections.Immutable;
using Experiments.Reports;

namespace Experiments.Dashboard.Grids;

/// <summary>One line of a comparison: a key of the configuration, or a result.</summary>
/// <param name="Cells">For each experiment its text, and whether it is the best of them.</param>
internal sealed record ComparisonLine(string Name, ImmutableArray<(string Text, bool IsBest)> Cells);

/// <summary>Experiments side by side: first the keys in which they differ, then what came of them.</summary>
internal static class Comparison
{
    private static readonly ImmutableArray<(string Number, bool? IsHigherBetter)> Results =
    [
        ("epochs", null), ("trainLoss", null), ("trainAccuracy", null), ("validationLoss", false), ("validationAccuracy", true),
        ("bestValidationLoss", false), ("bestEpoch", null), ("testLoss", false), ("testAccuracy", true), ("bestTestAccuracy", true), ("seconds", null),
    ];

    /// <param name="configs">By the experiments' names.</param>
    /// <param name="all">Whether the keys in which they do not differ stand there too, but for those that few use and all have as they are by default.</param>
    public static IEnumerable<ComparisonLine> Of(IReadOnlyCollection<ExperimentRow> rows, IReadOnlyDictionary<string, ExperimentConfig> configs, bool all)
    {
        yield return new ComparisonLine("status", [.. rows.Select(row => (row.Status.ToString(), false))]);
        ImmutableArray<ExperimentConfig> compared = [.. rows.Select(row => configs[row.Name])];
        foreach (var key in all ? ConfigKey.Shown(compared) : ConfigKey.Varied(compared))
            yield return new ComparisonLine(key.Name, [.. compared.Select(config => (key.Text(config) ?? Figures.None, false))]);

        foreach (var (name, isHigherBetter) in Results)
        {
            var number = ExperimentNumber.Find(name)!;
            ImmutableArray<double?> values = [.. rows.Select(row => number.Of(row, configs[row.Name]))];
            double? best = isHigherBetter switch { true => values.Max(), false => values.Min(), null => null };
            bool isContest = values.Distinct().Skip(1).Any();
            yield return new ComparisonLine(name, [.. values.Select(value => (Text(name, value), isContest && value is not null && value == best))]);
        }
    }

    private static string Text(string name, double? value) =>
        name is "epochs" or "bestEpoch" && value is { } count ? Figures.Count(count)
        : name is "seconds" && value is { } seconds ? seconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)
        : Figures.Metric(value);
}
