using System.Collections.Immutable;

namespace Experiments.Grains.Grids;

/// <summary>The lines of a grid's experiments, each with the version at which it changed last, and what people wrote about them and the grid.</summary>
internal sealed class GridRows(TimeProvider time)
{
    private readonly List<ExperimentRow> _rows = [];
    private readonly List<long> _versions = [];
    private readonly Dictionary<string, int> _indices = [];
    private GridTotals? _totals;

    /// <summary>Where versions of this activation begin: above those of an earlier one, whose readers then get everything anew.</summary>
    private readonly long _first = time.GetUtcNow().UtcTicks;

    public long Version { get; private set; } = time.GetUtcNow().UtcTicks;

    public IReadOnlyList<ExperimentRow> All => _rows;

    /// <summary>Of all rows; counted anew only after a change.</summary>
    public GridTotals Totals => _totals ??= new GridTotals(_rows);

    /// <summary>Of the grid itself.</summary>
    public Annotation? Annotation { get; private set; }

    /// <summary>Adds a row, or replaces the one of the same experiment but for its annotation, which stays.</summary>
    /// <returns>The row before; null where it is new.</returns>
    public ExperimentRow? Put(ExperimentRow row)
    {
        if (_indices.TryGetValue(row.Id, out int index))
        {
            var before = _rows[index];
            Replace(index, before.Annotation is null ? row : row with { Annotation = before.Annotation });
            return before;
        }

        _indices.Add(row.Id, _rows.Count);
        _rows.Add(row);
        _versions.Add(++Version);
        _totals = null;
        return null;
    }

    /// <param name="id">Of an experiment; null for the grid itself.</param>
    public void Annotate(string? id, Annotation? annotation)
    {
        if (id is null)
        {
            Annotation = annotation;
            Version++;
        }
        else if (IndexOf(id) is { } index)
        {
            Replace(index, _rows[index] with { Annotation = annotation });
        }
    }

    public ExperimentRow? Find(string id) => IndexOf(id) is { } index ? _rows[index] : null;

    public int? IndexOf(string id) => _indices.TryGetValue(id, out int index) ? index : null;

    public ImmutableArray<ExperimentRow> ChangedAfter(long version) =>
        version < _first || version > Version ? [.. _rows] : [.. _rows.Where((_, index) => _versions[index] > version)];

    private void Replace(int index, ExperimentRow row)
    {
        (_rows[index], _versions[index]) = (row, ++Version);
        _totals = null;
    }
}
