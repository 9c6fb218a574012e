using Experiments.Training;
using Experiments.Training.Checkpoints;

namespace Experiments.Grains.Execution;

/// <summary>
/// Hears a training's progress on its way to the reports, and notices when it has hung: heartbeats tell of the silo, not of the thread
/// that trains. Silence is counted in ticks of the watch itself, so that a process that was stopped and continued has not hung.
/// </summary>
/// <param name="hangsAfter">How long a thread may give no sign of going on.</param>
/// <param name="stopping">Ends the training at its next batch.</param>
internal sealed class TrainingWatch(ITrainingProgress reports, TimeSpan hangsAfter, TimeProvider time, CancellationToken stopping) : ITrainingProgress
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private int _silentTicks;
    private volatile bool _isReporting;

    /// <summary>Also ends a training that was given up and then goes on after all.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>What the training comes to.</summary>
    /// <exception cref="TrainingHungException">It gives no sign any more; its thread is given up.</exception>
    public async Task<TrainingOutcome> Outcome(Task<TrainingOutcome> training)
    {
        while (true)
        {
            await ((Task)training).WaitAsync(Tick, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (training.IsCompleted)
            {
                _stop.Dispose();
                return await training;
            }

            if (!_isReporting && Interlocked.Increment(ref _silentTicks) * Tick > hangsAfter)
            {
                await _stop.CancelAsync();
                throw new TrainingHungException(hangsAfter);
            }
        }
    }

    public void BatchTrained(BatchProgress progress)
    {
        _silentTicks = 0;
        reports.BatchTrained(progress);
    }

    public void CheckpointOffered(Func<Checkpoint> checkpoint) => reports.CheckpointOffered(checkpoint);

    public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint)
    {
        // It may wait here for the storage, for as long as that takes.
        _isReporting = true;
        try
        {
            reports.EpochCompleted(metrics, checkpoint);
        }
        finally
        {
            _silentTicks = 0;
            _isReporting = false;
        }
    }
}
