using System.Collections.Concurrent;
using Experiments.TensorBoard.EventFiles;
using Experiments.TensorBoard.HyperParameters;
using Experiments.TensorBoard.Runs;
using Tensorboard;

namespace Experiments.TensorBoard;

/// <summary>
/// Writes experiments of a grid into a folder for TensorBoard, a run for each. Nothing is to be seen of it until it is completed; then it takes
/// the place of what an earlier export wrote there.
/// </summary>
public sealed class TensorBoardExport : IDisposable
{
    private readonly GridOverview _grid;
    private readonly LogDirectory _directory;
    private readonly ConcurrentQueue<ExperimentConfig> _configs = [];

    private TensorBoardExport(GridOverview grid, LogDirectory directory) => (_grid, _directory) = (grid, directory);

    /// <summary>Bytes written so far.</summary>
    public long Bytes => _directory.Bytes;

    /// <param name="folder">Made where it is missing.</param>
    /// <exception cref="IOException">It cannot be made or written, or another export writes into it; so at every later step.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; so at every later step.</exception>
    public static TensorBoardExport Begin(string folder, GridOverview grid, TimeProvider time) => new(grid, LogDirectory.Open(folder, time.GetUtcNow()));

    /// <summary>Several threads may add runs at once.</summary>
    /// <param name="run">Of an experiment that was not added before.</param>
    public void Add(ExperimentRun run)
    {
        var config = run.Experiment.Config;
        _configs.Enqueue(config);
        var events = RunEvents.Of(run, _grid.SubmittedAt, config.Split.TrainCount(_grid.Dataset.TrainImages));
        _directory.Write(run.Experiment.Name, file => EventFile.Write(file, RunEvents.Start(run, _grid.SubmittedAt), events));
    }

    /// <summary>Puts it all in place, at least one run.</summary>
    /// <returns>How many runs of an earlier export are gone, since this one has none of their names.</returns>
    public int Complete()
    {
        var summary = new Summary { Value = { GridSummary.Of(_grid, _configs) } };
        var grid = new Event { WallTime = _grid.SubmittedAt.ToUnixSeconds(), Summary = summary };
        _directory.Write(run: "", file => EventFile.Write(file, _grid.SubmittedAt, [grid]));
        return _directory.Replace();
    }

    /// <summary>Leaves the folder as it was where the export was not completed.</summary>
    public void Dispose() => _directory.Dispose();
}
