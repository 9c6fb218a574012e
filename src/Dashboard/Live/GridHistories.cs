using System.Collections.Immutable;
using Experiments.Dashboard.Charts;
using Experiments.Dashboard.Connection;
using Experiments.Reports;

namespace Experiments.Dashboard.Live;

/// <summary>The epoch histories of a grid as far as somebody has looked at them: of each only new epochs are asked for.</summary>
internal sealed class GridHistories : IDisposable
{
    private readonly IClusterGrains _cluster;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Above those of an earlier process, whose readers then get everything anew; a browser counts exactly up to 2⁵³.</summary>
    private readonly long _first;

    private long _version;

    public GridHistories(IClusterGrains cluster, TimeProvider time)
    {
        _cluster = cluster;
        _version = _first = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
    }

    /// <param name="rows">The experiments to show, in the order of the grid.</param>
    /// <param name="after">The version that the caller has of the same experiments; null for none.</param>
    public async Task<CurvesChart> Chart(ImmutableArray<ExperimentRow> rows, long? after, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            await CatchUp(rows, stop);
            ImmutableArray<ExperimentHistory> histories = [.. rows.Select(row => _known[row.Id].History)];
            return after is { } version && version >= _first && version <= _version
                ? CurvesChart.Of(_version, version, histories, [.. rows.Where(row => _known[row.Id].Version > version).Select(row => row.Id)])
                : CurvesChart.Of(_version, histories);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task CatchUp(ImmutableArray<ExperimentRow> rows, CancellationToken stop)
    {
        foreach (var row in rows)
        {
            var known = _known.GetValueOrDefault(row.Id);
            if (known is null || known.History.Status != row.Status)
                _known[row.Id] = new Known(new ExperimentHistory(row.Id, row.Name, row.Variant, row.Status, known?.History.Epochs ?? []), ++_version);
        }

        while (rows.Where(IsBehind).Take(Histories.MostExperiments).ToImmutableArray() is { IsEmpty: false } behind)
        {
            var read = await _cluster.Grains.GetGrain<IHistoriesGrain>(0).Read([.. behind.Select(row => new HistoryRequest(row.Id, LastKnown(row)))], stop);
            foreach (var columns in read.Where(columns => !columns.Epoch.IsEmpty))
            {
                var history = _known[columns.ExperimentId].History;
                _known[columns.ExperimentId] = new Known(history with { Epochs = history.Epochs.AddRange(Epochs(columns)) }, ++_version);
            }

            // What the storage has not, though the line tells of it, comes with the next question.
            if (read.All(columns => columns.Epoch.IsEmpty)) return;
        }
    }

    private bool IsBehind(ExperimentRow row) => LastKnown(row) < (row.Last?.Epoch ?? 0);

    private int LastKnown(ExperimentRow row) => _known[row.Id].History.Epochs is [.., var last] ? last.Epoch : 0;

    private static IEnumerable<EpochMetrics> Epochs(EpochColumns columns) => columns.Epoch.Select((epoch, i) => new EpochMetrics(
        epoch, columns.TrainLoss[i], columns.TrainAccuracy[i], columns.ValidationLoss[i], columns.ValidationAccuracy[i], columns.Seconds[i]));

    /// <param name="Version">At which it changed last.</param>
    private sealed record Known(ExperimentHistory History, long Version);
}
