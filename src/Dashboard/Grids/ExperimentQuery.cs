using System.Collections.Immutable;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Shell;
using Experiments.Reports;

namespace Experiments.Dashboard.Grids;

/// <summary>Which experiments of a grid are shown, and in which order.</summary>
/// <param name="Filter">As <see cref="ExperimentFilter"/> reads it.</param>
/// <param name="Sort">By a <see cref="ExperimentNumber"/> or <see cref="ConfigKey"/>, by <c>name</c>, <c>status</c> or <c>tags</c>, or by <see cref="Given"/>.</param>
/// <param name="Only">Numbers of the experiments in the grid, from 1; null for all.</param>
internal sealed record ExperimentQuery(ExperimentFilter Filter, TableSort Sort, NumberList? Only)
{
    /// <summary>The order of the grid file.</summary>
    public static TableSort Given { get; } = new("given", IsDescending: false);

    /// <summary>What a table can be sorted by.</summary>
    public static ImmutableArray<string> Columns { get; } =
        [Given.Column, "name", "status", "tags", .. ExperimentNumber.All.Select(number => number.Name), .. ConfigKey.All.Where(key => !key.IsNumber).Select(key => key.Name)];

    /// <exception cref="FilterException">The filter is none.</exception>
    /// <exception cref="ArgumentException">There is nothing to sort by of this name, or a number is none.</exception>
    public static ExperimentQuery Parse(string? filter, string? sort, string? only)
    {
        var sorted = TableSort.Parse(sort, Given);
        return Columns.Contains(sorted.Column, StringComparer.OrdinalIgnoreCase) || ConfigKey.Find(sorted.Column) is not null
            ? new ExperimentQuery(ExperimentFilter.Parse(filter ?? ""), sorted, NumberList.Parse(only))
            : throw new ArgumentException($"There is nothing to sort by called '{GridFiles.Shown.Of(sorted.Column)}'; allowed: {string.Join(", ", Columns)} and values of layers such as model.conv2.filters, each with - before it for the largest first.");
    }

    /// <summary>The same for everybody who asks it of a view is worked out once.</summary>
    public ImmutableArray<ExperimentRow> Of(GridView view) => ChosenExperiments.Of(view, (Filter.Text, Sort, Only?.ToString()), () => Choose(view));

    private ImmutableArray<ExperimentRow> Choose(GridView view)
    {
        var chosen = view.Rows.Where((row, index) => (Only?.Contains(index + 1) ?? true) && Filter.Matches(FilteredExperiment.Of(row, view.Configs[row.Name])));
        return Sort.Column.ToUpperInvariant() switch
        {
            "GIVEN" => Sort.IsDescending ? [.. chosen.Reverse()] : [.. chosen],
            "NAME" => Ordered(chosen, row => row.Name, StringComparer.Ordinal),
            "STATUS" => Ordered(chosen, row => row.Status, Comparer<ExperimentStatus>.Default),
            "TAGS" => Ordered(chosen, row => row.Annotation is { } annotation ? string.Join(',', annotation.Tags) : "", StringComparer.OrdinalIgnoreCase),
            _ when ExperimentNumber.Find(Sort.Column) is { } number => KnownFirst(chosen, row => number.Of(row, view.Configs[row.Name]), Comparer<double?>.Default),
            _ => KnownFirst(chosen, row => ConfigKey.Find(Sort.Column)!.Text(view.Configs[row.Name]), StringComparer.Ordinal),
        };
    }

    /// <summary>What is not known stands last, whichever way the others are sorted.</summary>
    private ImmutableArray<ExperimentRow> KnownFirst<T>(IEnumerable<ExperimentRow> rows, Func<ExperimentRow, T?> value, IComparer<T?> comparer)
    {
        var known = rows.Select(row => (Row: row, Value: value(row))).OrderBy(row => row.Value is null);
        return [.. (Sort.IsDescending ? known.ThenByDescending(row => row.Value, comparer) : known.ThenBy(row => row.Value, comparer)).Select(row => row.Row)];
    }

    private ImmutableArray<ExperimentRow> Ordered<T>(IEnumerable<ExperimentRow> rows, Func<ExperimentRow, T> key, IComparer<T> comparer) =>
        [.. Sort.IsDescending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer)];
}
