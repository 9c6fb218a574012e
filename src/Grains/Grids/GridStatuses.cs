namespace Experiments.Grains.Grids;

internal static class GridStatuses
{
    /// <summary>A grid's status from those of its experiments.</summary>
    public static GridStatus Of(IReadOnlyCollection<ExperimentStatus> experiments) =>
        experiments.Any(status => status is ExperimentStatus.Pending or ExperimentStatus.Running) ? GridStatus.Running
        : experiments.Contains(ExperimentStatus.Paused) ? GridStatus.Paused
        : experiments.Contains(ExperimentStatus.Failed) ? GridStatus.Failed
        : experiments.Contains(ExperimentStatus.Cancelled) ? GridStatus.Cancelled
        : GridStatus.Completed;
}
