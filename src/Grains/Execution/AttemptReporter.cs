using System.Threading.Channels;
using Experiments.Grains.Storage;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// Carries one attempt's reports from the training thread to the experiment's grain: the checkpoint is stored first, then the epoch
/// is committed, then older checkpoints go. Training goes on meanwhile, at most two epochs ahead; a report that does not come through
/// is tried again until it does, or the lease is lost.
/// </summary>
internal sealed class AttemptReporter : ITrainingProgress, IAsyncDisposable
{
    private const int EpochsAhead = 2;
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _experimentId;
    private readonly long _lease;
    private readonly IExperimentGrain _experiment;
    private readonly ICheckpointStore _checkpoints;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _lost = new();
    private readonly Channel<(EpochMetrics Metrics, Checkpoint Checkpoint)> _epochs =
        Channel.CreateBounded<(EpochMetrics, Checkpoint)>(new BoundedChannelOptions(EpochsAhead) { SingleReader = true, SingleWriter = true });

    private readonly Task _committing;
    private readonly Task _heartbeats;
    private readonly CancellationTokenSource _ended = new();
    private BatchProgress? _progress;

    public AttemptReporter(
        string experimentId, long lease, IExperimentGrain experiment, ICheckpointStore checkpoints, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        (_experimentId, _lease, _experiment, _checkpoints, _time, _logger) = (experimentId, lease, experiment, checkpoints, time, logger);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _committing = Task.Run(CommitEpochs, CancellationToken.None);
        _heartbeats = Task.Run(SendHeartbeats, CancellationToken.None);
    }

    /// <summary>Ends the training: the silo stops, the lease is lost, or the storage is full.</summary>
    public CancellationToken Stop => _stop.Token;

    public void BatchTrained(BatchProgress progress) => _progress = progress;

    public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint)
    {
        try
        {
            // The training thread waits here while the storage is behind.
            _epochs.Writer.WriteAsync((metrics, checkpoint), _lost.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            _stop.Cancel();
        }
    }

    public Task End(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Completed completed => Finish(() => Complete(completed)),
        TrainingOutcome.Stopped stopped => Finish(() => Pause(stopped.Checkpoint)),
        TrainingOutcome.Diverged diverged => End(AttemptEndReason.Failed, $"diverged at epoch {diverged.Epoch}"),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
    };

    public Task End(AttemptEndReason reason, string? error) =>
        Finish(() => Report("the end of the attempt", () => _experiment.EndAttempt(_lease, new AttemptEnd(reason, error), CancellationToken.None)));

    public async ValueTask DisposeAsync()
    {
        _epochs.Writer.TryComplete();
        await _ended.CancelAsync();
        await Task.WhenAll(_committing, _heartbeats).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _lost.Dispose();
        _ended.Dispose();
    }

    /// <summary>Commits what is still on its way, then ends the attempt, unless the lease is lost.</summary>
    private async Task Finish(Func<Task> end)
    {
        _epochs.Writer.TryComplete();
        try
        {
            await _committing;
            await end();
        }
        catch (LeaseLostException)
        {
            _logger.AttemptEnds(_experimentId, "its lease is lost");
        }
        catch (Exception exception) when (StorageErrors.IsStorageFull(exception))
        {
            await _experiment.EndAttempt(_lease, new AttemptEnd(AttemptEndReason.StorageFull, exception.Message), CancellationToken.None);
        }
    }

    private async Task CommitEpochs()
    {
        try
        {
            await foreach (var (metrics, checkpoint) in _epochs.Reader.ReadAllAsync())
            {
                await Store(checkpoint);
                await Report($"epoch {metrics.Epoch}", () => _experiment.CommitEpoch(_lease, metrics, CancellationToken.None));
                await Retry("removing older checkpoints", () => StoredCheckpoints.Prune(_checkpoints, _experimentId, CancellationToken.None));
            }
        }
        catch (Exception exception) when (exception is LeaseLostException || StorageErrors.IsStorageFull(exception))
        {
            // The training thread hears of it at its next batch, and must not wait for room in the channel meanwhile.
            _epochs.Writer.TryComplete();
            await _stop.CancelAsync();
            await _lost.CancelAsync();
            throw;
        }
    }

    private async Task SendHeartbeats()
    {
        using var timer = new PeriodicTimer(HeartbeatPeriod, _time);
        while (await timer.WaitForNextTickAsync(_ended.Token))
        {
            try
            {
                if (await _experiment.Heartbeat(_lease, _progress, _ended.Token) == LeaseAnswer.Lost)
                {
                    await _stop.CancelAsync();
                    await _lost.CancelAsync();
                    return;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _logger.TriedAgain(_experimentId, "a heartbeat", exception.Message);
            }
        }
    }

    private async Task Complete(TrainingOutcome.Completed completed)
    {
        await Retry("storing predictions", () => _checkpoints.WriteAsync(_experimentId, StoredPredictions.Name, StoredPredictions.ToBytes(completed.Predictions)));
        await Store(completed.Final);
        await Report("the evaluation", () => _experiment.Complete(_lease, completed.Evaluation, CancellationToken.None));
        await Retry("removing older checkpoints", () => StoredCheckpoints.Prune(_checkpoints, _experimentId, CancellationToken.None, kept: 1));
    }

    private async Task Pause(Checkpoint checkpoint)
    {
        await Store(checkpoint);
        await Report("the end of the attempt", () => _experiment.EndAttempt(_lease, new AttemptEnd(AttemptEndReason.Stopped, null), CancellationToken.None));
    }

    private Task Store(Checkpoint checkpoint) =>
        Retry("storing a checkpoint", () => _checkpoints.WriteAsync(_experimentId, CheckpointName.Of(checkpoint.Position, _lease), checkpoint.ToBytes()));

    private Task Report(string what, Func<Task<LeaseAnswer>> report) => Retry(what, async () =>
    {
        if (await report() == LeaseAnswer.Lost)
        {
            throw new LeaseLostException(_experimentId, _lease);
        }
    });

    private async Task Retry(string what, Func<Task> action)
    {
        while (true)
        {
            try
            {
                await action();
                return;
            }
            catch (Exception exception) when (exception is not LeaseLostException && !StorageErrors.IsStorageFull(exception))
            {
                _logger.TriedAgain(_experimentId, what, exception.Message);
            }

            _lost.Token.ThrowIfCancellationRequested();
            await Task.Delay(RetryDelay, _time, _lost.Token);
        }
    }
}
