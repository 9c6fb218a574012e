using System.Collections.Frozen;
using System.Collections.Immutable;
using Experiments.Dashboard.Connection;
using Experiments.Reports;

namespace Experiments.Dashboard.Live;

/// <summary>A grid and its experiments, of which only the changes are asked for.</summary>
internal sealed class LiveGrid(string name, IClusterGrains cluster, TimeProvider time, Action<LiveGrid> forgotten) : LiveView<GridView>(time)
{
    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private readonly GridJudge _judge = new(cluster);
    private readonly GridReports _reports = new(cluster);
    private (string GridId, GridHistories Histories)? _histories;

    protected override TimeSpan Period => TimeSpan.FromMilliseconds(500);

    /// <summary>Those of the grid that has the name now.</summary>
    public GridHistories Histories(GridView view)
    {
        lock (_gate)
        {
            if (_histories?.GridId != view.Grid.Id)
            {
                _histories?.Histories.Dispose();
                _histories = (view.Grid.Id, new GridHistories(cluster, _time));
            }

            return _histories.Value.Histories;
        }
    }

    /// <summary>Which of its variants is best, and whether that is noise.</summary>
    public Task<GridVerdict> Judge(GridView view) => _judge.Judge(view.Rows, CancellationToken.None);

    /// <summary>Classification reports of a variant's experiments that have a test result.</summary>
    public Task<ImmutableArray<ClassificationReport>> Reports(GridView view, string variant, CancellationToken stop) =>
        _reports.Of(view.Grid.Name, view.Rows.Where(row => row.Variant == variant), stop);

    protected override void Forget()
    {
        _judge.Forget();
        _reports.Forget();
        lock (_gate)
        {
            _histories?.Histories.Dispose();
            _histories = null;
        }

        forgotten(this);
    }

    protected override async Task<GridView?> Ask(GridView? known)
    {
        var grain = cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(name));
        if (await grain.GetSnapshot(known?.Version ?? 0, CancellationToken.None) is not { } snapshot) return null;

        bool isSame = known is not null && known.Grid.Id == snapshot.Grid.Id;
        if (isSame && known!.Version == snapshot.Version) return known;

        var definition = isSame && snapshot.Experiments.All(row => IsDefined(row, known!)) ? known!.Definition : await grain.GetDefinition(CancellationToken.None);
        if (definition is null) return null;

        var rows = isSame ? Merged(known!.Rows, snapshot.Experiments) : snapshot.Experiments;
        bool isDefined = ReferenceEquals(definition, known?.Definition);
        return new GridView(
            snapshot.Grid,
            rows,
            isSame && rows.Length == known!.Rows.Length ? known.Numbers : Numbered(rows),
            definition,
            isDefined ? known!.Configs : definition.Experiments.ToFrozenDictionary(experiment => experiment.Name, experiment => experiment.Config, StringComparer.Ordinal),
            isDefined ? known!.VariedKeys : ConfigKey.Varied([.. definition.Experiments.Select(experiment => experiment.Config)]),
            snapshot.Version,
            _time.GetUtcNow());
    }

    private static FrozenDictionary<string, int> Numbered(ImmutableArray<ExperimentRow> rows) =>
        rows.Select((row, index) => (row.Id, Number: index + 1)).ToFrozenDictionary(row => row.Id, row => row.Number, StringComparer.Ordinal);

    /// <summary>Whether the row is of what was submitted when last asked: since then experiments may have joined, or their epochs grown.</summary>
    private static bool IsDefined(ExperimentRow row, GridView known) =>
        known.Configs.TryGetValue(row.Name, out var config) && config.Training.Epochs == row.Epochs;

    private static ImmutableArray<ExperimentRow> Merged(ImmutableArray<ExperimentRow> known, ImmutableArray<ExperimentRow> changed)
    {
        if (changed.Length >= known.Length) return changed;
        if (changed.IsEmpty) return known;

        var news = changed.ToDictionary(row => row.Id);
        var merged = known.ToBuilder();
        for (int i = 0; i < merged.Count && news.Count > 0; i++)
        {
            if (news.Remove(merged[i].Id, out var row)) merged[i] = row;
        }

        merged.AddRange(changed.Where(row => news.ContainsKey(row.Id)));
        return merged.ToImmutable();
    }
}
