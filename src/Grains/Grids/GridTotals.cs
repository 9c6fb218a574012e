using System.Collections.Immutable;

namespace Experiments.Grains.Grids;

/// <summary>What the lines of a grid's experiments come to.</summary>
internal sealed class GridTotals
{
    private readonly ImmutableArray<int> _experiments;

    /// <summary>In one pass: a grid of ten thousand that trains changes between any two questions.</summary>
    public GridTotals(IEnumerable<ExperimentRow> rows)
    {
        int[] experiments = new int[Enum.GetValues<ExperimentStatus>().Length];
        double best = double.NaN, last = double.NaN;
        foreach (var row in rows)
        {
            experiments[(int)row.Status]++;
            EpochsCommitted += row.Last?.Epoch ?? 0;
            EpochsToTrain += row.Status == ExperimentStatus.Completed ? row.Last?.Epoch ?? row.Epochs : row.Epochs;
            best = double.MaxNumber(best, row.Best?.ValidationAccuracy ?? double.NaN);
            last = double.MaxNumber(last, row.Last?.ValidationAccuracy ?? double.NaN);
            EndedAt = row.EndedAt > EndedAt || EndedAt is null ? row.EndedAt : EndedAt;
        }

        _experiments = [.. experiments];
        BestValidationAccuracy = double.IsNaN(best) ? null : best;
        LastValidationAccuracy = double.IsNaN(last) ? null : last;
    }

    public long EpochsCommitted { get; }

    public long EpochsToTrain { get; }

    public double? BestValidationAccuracy { get; }

    public double? LastValidationAccuracy { get; }

    /// <summary>When the last experiment ended; null where none has.</summary>
    public DateTimeOffset? EndedAt { get; }

    public GridStatus Status =>
        Of(ExperimentStatus.Pending) + Of(ExperimentStatus.Running) > 0 ? GridStatus.Running
        : Of(ExperimentStatus.Paused) > 0 ? GridStatus.Paused
        : Of(ExperimentStatus.Failed) > 0 ? GridStatus.Failed
        : Of(ExperimentStatus.Cancelled) > 0 ? GridStatus.Cancelled
        : GridStatus.Completed;

    /// <summary>Number of experiments in a status.</summary>
    public int Of(ExperimentStatus status) => _experiments[(int)status];
}
