using Experiments.Client.Grids;
using Experiments.Reports;
using Experiments.TensorBoard;

namespace Experiments.Client.Results;

/// <summary>
/// Experiments as runs in a folder for TensorBoard. Each processor fetches one at a time and writes it, so that no grid is held as a whole, and
/// the pictures, which take nearly all of the time, are drawn side by side.
/// </summary>
internal static class TensorBoardRuns
{
    /// <param name="wanted">A grid or an experiment, as the user names it.</param>
    /// <exception cref="UsageException">There is no such one, it has no epoch yet, or the folder cannot be written; the folder is as it was.</exception>
    public static async Task Export(string folder, GridLookup lookup, string wanted, Output output, CancellationToken stop)
    {
        var (grid, snapshot) = await lookup.FindGrid(wanted, stop) is { } all ? (all, await Snapshot(all, stop)) : await One(lookup, wanted, stop);
        if (snapshot.Experiments.All(row => row.Last is null))
        {
            throw new UsageException($"'{wanted}' has no completed epoch yet, so there is nothing for TensorBoard. See 'experiments show {snapshot.Grid.Name}'.");
        }

        try
        {
            using var export = TensorBoardExport.Begin(folder, snapshot.Grid, TimeProvider.System);
            await Parallel.ForEachAsync(snapshot.Experiments, stop, async (row, cancellation) => export.Add(await Run(grid, row, cancellation)));
            int gone = export.Complete();
            output.Line($"{folder}: {Figures.Count(snapshot.Experiments.Length, "run")} for TensorBoard, {export.Bytes:N0} bytes");
            if (gone > 0)
            {
                output.Line($"{Figures.Count(gone, "run")} of an earlier export {(gone == 1 ? "is" : "are")} no longer there.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{Path.GetFullPath(folder)}' cannot be written: {exception.Message.TrimEnd('.')}. Make room or make it writable, or give another with --tensorboard DIR.");
        }
    }

    private static async Task<(IGridGrain Grid, GridSnapshot Snapshot)> One(GridLookup lookup, string wanted, CancellationToken stop)
    {
        var (grid, name) = await lookup.FindExperimentInGrid(wanted, stop) ?? throw GridLookup.NoExperiment(wanted);
        var experiment = await grid.GetExperiment(name, stop) ?? throw GridLookup.NoExperiment(wanted);
        var snapshot = await Snapshot(grid, stop);
        return (grid, snapshot with { Experiments = [.. snapshot.Experiments.Where(row => row.Id == experiment.Id)] });
    }

    private static async Task<GridSnapshot> Snapshot(IGridGrain grid, CancellationToken stop) => await grid.GetSnapshot(since: 0, stop) ?? throw Gone();

    private static async Task<ExperimentRun> Run(IGridGrain grid, ExperimentRow row, CancellationToken stop)
    {
        var experiment = await grid.GetExperiment(row.Id, stop) ?? throw Gone();
        var journal = await grid.GetJournal(row.Id, stop) ?? throw Gone();
        return new ExperimentRun(experiment, journal.Attempts, row.EndedAt);
    }

    private static UsageException Gone() => new("The grid no longer exists.");
}
