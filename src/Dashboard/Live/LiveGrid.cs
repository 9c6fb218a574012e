using System.Collections.Frozen;
using System.Collections.Immutable;
using Experiments.Dashboard.Connection;

namespace Experiments.Dashboard.Live;

/// <summary>A grid and its experiments, of which only the changes are asked for.</summary>
internal sealed class LiveGrid(string name, IClusterGrains cluster, TimeProvider time) : LiveView<GridView>(time)
{
    private readonly TimeProvider _time = time;

    protected override TimeSpan Period => TimeSpan.FromMilliseconds(500);

    protected override async Task<GridView?> Ask(GridView? known)
    {
        var grain = cluster.Grains.GetGrain<IGridGrain>(GrainKeys.Grid(name));
        if (await grain.GetSnapshot(known?.Version ?? 0, CancellationToken.None) is not { } snapshot) return null;

        bool isSame = known is not null && known.Grid.Id == snapshot.Grid.Id;
        if (isSame && known!.Version == snapshot.Version) return known;

        var definition = isSame && snapshot.Experiments.All(row => IsDefined(row, known!)) ? known!.Definition : await grain.GetDefinition(CancellationToken.None);
        if (definition is null) return null;

        return new GridView(
            snapshot.Grid,
            isSame ? Merged(known!.Rows, snapshot.Experiments) : snapshot.Experiments,
            definition,
            ReferenceEquals(definition, known?.Definition) ? known.Configs : definition.Experiments.ToFrozenDictionary(experiment => experiment.Name, experiment => experiment.Config, StringComparer.Ordinal),
            snapshot.Version,
            (known?.Revision ?? 0) + 1,
            _time.GetUtcNow());
    }

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
