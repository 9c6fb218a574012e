using System.Collections.Immutable;
using System.Globalization;
using Experiments.Dashboard.Live;
using Experiments.Reports;

namespace Experiments.Dashboard.Grids;

/// <summary>A column of numbers and words in the table of a grid's experiments.</summary>
/// <param name="Title">For people; that of a configuration's key is the key.</param>
/// <param name="Sort">What the table is then sorted by, as <see cref="ExperimentQuery"/> takes it.</param>
/// <param name="Text">As shown; what is not known is a dash.</param>
internal sealed record ExperimentColumn(string Title, string Sort, Func<ExperimentRow, ExperimentConfig, string> Text)
{
    /// <summary>Of more keys the table would be wider than a screen; comparing shows all.</summary>
    private const int MostKeys = 6;

    private static readonly ImmutableArray<ExperimentColumn> Results =
    [
        new("Epochs", "epochs", (row, _) => string.Create(CultureInfo.InvariantCulture, $"{row.Last?.Epoch ?? 0:N0}/{row.Epochs:N0}")),
        Metric("Test accuracy", "testAccuracy"),
        Metric("Val. accuracy", "validationAccuracy"),
        Metric("Val. loss", "validationLoss"),
        Metric("Best val. loss", "bestValidationLoss"),
        new("Best epoch", "bestEpoch", (row, _) => row.Best is { } best ? Figures.Count(best.Epoch) : Figures.None),
    ];

    private static readonly ImmutableDictionary<string, string> Numbers = Results
        .Select(column => (column.Title, column.Sort)).Append(("Name", "name")).Append(("Status", "status"))
        .ToImmutableDictionary(column => column.Item1, column => column.Item2);

    /// <summary>Results, and the keys in which the grid's experiments differ.</summary>
    public static ImmutableArray<ExperimentColumn> Of(GridView view) =>
    [
        .. Results,
        .. view.VariedKeys.Take(MostKeys).Select(key => new ExperimentColumn(key.Name, key.Name, (_, config) => key.Text(config) ?? Figures.None)),
    ];

    /// <summary>What a table that is sorted by a column is sorted by.</summary>
    public static string NumberOf(string title) => Numbers.GetValueOrDefault(title, title);

    private static ExperimentColumn Metric(string title, string number)
    {
        var found = ExperimentNumber.Find(number)!;
        return new ExperimentColumn(title, number, (row, config) => Figures.Metric(found.Of(row, config)));
    }
}
