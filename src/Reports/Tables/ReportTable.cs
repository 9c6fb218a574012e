using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>A table of a report: text, for whoever writes it in one markup or another.</summary>
public sealed class ReportTable
{
    private readonly List<ImmutableArray<string>> _rows = [];

    /// <param name="columns">Headings; those that end in <c>:</c>, which is not shown, are of numbers.</param>
    internal ReportTable(params string[] columns) => Columns = [.. columns.Select(column => new ReportColumn(column.TrimEnd(':'), column.EndsWith(':')))];

    public ImmutableArray<ReportColumn> Columns { get; }

    /// <summary>What is to be read below it; null where it explains itself.</summary>
    public string? Note { get; internal init; }

    /// <summary>A cell for each column.</summary>
    public IReadOnlyList<ImmutableArray<string>> Rows => _rows;

    internal void Row(params ImmutableArray<string> cells) => _rows.Add(cells);
}

/// <param name="IsNumber">Aligned to the right.</param>
public sealed record ReportColumn(string Heading, bool IsNumber);
