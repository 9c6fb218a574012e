using System.Collections.Immutable;
using System.Numerics;
using System.Threading.Channels;
using Experiments.Grains.Storage;
using Experiments.Grains.Telemetry;
using Experiments.Training;
using Experiments.Training.Checkpoints;
using Experiments.Training.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Execution;

/// <summary>
/// Carries one attempt's reports from the training thread to the experiment's grain: the checkpoint is stored first, then the epoch
/// is committed, then older checkpoints go. Training goes on meanwhile, at most two reports ahead; a report that does not come through
/// is tried again until it does, or the lease is lost. A checkpoint inside an epoch takes its place in the same line, so that it
/// neither overtakes an epoch nor is overtaken; where something waits in that line, it is left to a later batch. Epochs so short that
/// storing a checkpoint of each would take a twentieth of the time and more share one: they are committed together once it is stored.
/// </summary>
internal sealed class AttemptReporter : ITrainingProgress, IAsyncDisposable
{
    private const int ReportsAhead = 2;

    /// <summary>Times as long as storing a checkpoint took passes before the next is stored, but no more than <see cref="LongestPause"/>.</summary>
    private const int PauseFactor = 19;

    /// <summary>Epochs that share a checkpoint: a crash takes no more with it.</summary>
    private const int MostTogether = 100;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _experimentId;
    private readonly long _lease;
    private readonly IExperimentGrain _experiment;
    private readonly StoredCheckpoints _checkpoints;
    private readonly TimeSpan _checkpointEvery;
    private readonly TimeProvider _time;
    private readonly AttemptNotes _notes;
    private readonly AttemptTelemetry _telemetry;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<(TrainedEpoch? Epoch, Checkpoint Checkpoint)> _reports =
        Channel.CreateBounded<(TrainedEpoch?, Checkpoint)>(new BoundedChannelOptions(ReportsAhead) { SingleReader = true, SingleWriter = true });

    private readonly Task _committing;
    private readonly Task _heartbeats;
    private Task _firstBatch = Task.CompletedTask;
    private Task _pruning = Task.CompletedTask;
    private BatchProgress? _progress;
    private ImmutableArray<JournalLine> _told = [];
    private long _checkpointed;
    private (long At, TimeSpan Took) _stored;
    private volatile bool _ending;

    /// <param name="checkpointEvery">How long a training goes on before a checkpoint inside its epoch is stored.</param>
    /// <param name="stopping">Ends the training; what it has come to is still reported.</param>
    /// <param name="abandoned">Ends the reports too: there is no time left for them.</param>
    public AttemptReporter(
        string experimentId,
        long lease,
        IExperimentGrain experiment,
        StoredCheckpoints checkpoints,
        TimeSpan checkpointEvery,
        TimeProvider time,
        AttemptNotes notes,
        AttemptTelemetry telemetry,
        CancellationToken stopping,
        CancellationToken abandoned)
    {
        (_experimentId, _lease, _experiment) = (experimentId, lease, experiment);
        (_checkpoints, _checkpointEvery, _time, _notes, _telemetry) = (checkpoints, checkpointEvery, time, notes, telemetry);
        _checkpointed = time.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        _committing = Task.Run(Commit, CancellationToken.None);
        _heartbeats = Task.Run(SendHeartbeats, CancellationToken.None);
    }

    /// <summary>Ends the training: the silo stops, the experiment is paused or cancelled, the lease is lost, or the storage is full.</summary>
    public CancellationToken Stop => _stop.Token;

    public void BatchTrained(BatchProgress progress)
    {
        _telemetry.BatchTrained(progress);
        if (Interlocked.Exchange(ref _progress, progress) is null)
        {
            // Those who watch need not wait for the next tick to see that it has begun.
            _firstBatch = Task.Run(SendHeartbeat, CancellationToken.None);
        }
    }

    public void CheckpointOffered(Func<Checkpoint> checkpoint)
    {
        // Where one still waits to be stored, another would take the room of an epoch, and training would wait.
        if (_time.GetElapsedTime(_checkpointed) >= _checkpointEvery && _reports.Reader.Count == 0)
        {
            _reports.Writer.TryWrite((null, checkpoint()));
            _checkpointed = _time.GetTimestamp();
        }
    }

    public void EpochCompleted(EpochMetrics metrics, Checkpoint checkpoint)
    {
        _checkpointed = _time.GetTimestamp();
        var began = _telemetry.EpochTrained();
        try
        {
            // The training thread waits here while the storage is behind.
            _reports.Writer.WriteAsync((new TrainedEpoch(metrics, began), checkpoint), _lost.Token).AsTask().GetAwaiter().GetResult();
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
        TrainingOutcome.Diverged diverged => End(AttemptEndReason.Failed, $"diverged at epoch {diverged.Epoch}", nameof(TrainingOutcome.Diverged)),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
    };

    /// <param name="error">For people; null where there is none.</param>
    /// <param name="errorType">What the error is one of, for those who count; null where there is none.</param>
    public Task End(AttemptEndReason reason, string? error = null, string? errorType = null) => Finish(() => ReportEnd(reason, error, errorType));

    /// <summary>Tries until it succeeds; a full storage, a lost lease and a fault of the data are no matter of patience.</summary>
    public async Task<T> Persistently<T>(string what, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var result = await action();
                if (tries > 1)
                {
                    _notes.Succeeded(_experimentId, what, _time.GetElapsedTime(began).TotalSeconds);
                }

                return result;
            }
            catch (Exception exception) when (exception is not (LeaseLostException or DatasetException)
                && !exception.IsCancelledBy(cancellationToken)
                && StorageErrors.StorageFull(exception) is null)
            {
                _notes.TriedAgain(_experimentId, what, exception.Reason());
            }

            await Task.Delay(RetryDelay, _time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reports.Writer.TryComplete();
        await _ended.CancelAsync();
        await Task.WhenAll(_committing, _pruning, _heartbeats, _firstBatch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _lost.Dispose();
        _ended.Dispose();
    }

    /// <summary>Commits what is still on its way, then ends the attempt, unless the lease is lost.</summary>
    private async Task Finish(Func<Task> end)
    {
        _reports.Writer.TryComplete();
        _ending = true;
        try
        {
            await _committing;
            await end();
        }
        catch (Exception exception) when (StorageErrors.StorageFull(exception) is { } full)
        {
            await ReportEnd(AttemptEndReason.StorageFull, full.Message, full.GetType().Name);
        }
        catch (Exception exception) when (exception is LeaseLostException || exception.IsCancelledBy(_lost.Token))
        {
            _notes.AttemptEnds(_experimentId, "its lease is lost");
        }
    }

    private async Task Commit()
    {
        int epochs = 0;
        try
        {
            while (await Gather() is (var trained, { } checkpoint))
            {
                using var last = trained is [.., var newest] ? _telemetry.Epoch(newest.Metrics, newest.Began) : null;
                long began = _time.GetTimestamp();
                await Store(checkpoint);
                _stored = (_time.GetTimestamp(), _time.GetElapsedTime(began));
                foreach (var epoch in trained)
                {
                    using var span = epoch == trained[^1] ? null : _telemetry.Epoch(epoch.Metrics, epoch.Began);
                    await Report($"committing epoch {epoch.Metrics.Epoch}", () => _experiment.CommitEpoch(_lease, epoch.Metrics, CancellationToken.None));
                    Note(epoch.Metrics, ++epochs);
                }

                // What is superseded harms nobody while it waits to go.
                await _pruning;
                _pruning = Prune();
            }

            await _pruning;
        }
        catch
        {
            // The training thread hears of it at its next batch, and must not wait for room in the channel meanwhile.
            _reports.Writer.TryComplete();
            await _stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Waits for a report, and for those that come before another checkpoint may be stored.</summary>
    /// <returns>Their epochs, and the newest one's checkpoint; null when there will be none any more.</returns>
    private async Task<(ImmutableArray<TrainedEpoch> Trained, Checkpoint? Checkpoint)> Gather()
    {
        var trained = ImmutableArray.CreateBuilder<TrainedEpoch>();
        Checkpoint? newest = null;
        do
        {
            while (trained.Count < MostTogether && _reports.Reader.TryRead(out var report))
            {
                newest = report.Checkpoint;
                if (report.Epoch is { } epoch)
                {
                    trained.Add(epoch);
                }
            }
        }
        while (trained.Count < MostTogether && await ComesInTime(waits: newest is not null));

        return (trained.ToImmutable(), newest);
    }

    /// <param name="waits">Whether something waits already, and the next counts only if it comes before another checkpoint may be stored.</param>
    private async Task<bool> ComesInTime(bool waits)
    {
        if (!waits)
        {
            return await _reports.Reader.WaitToReadAsync();
        }

        var pause = PauseFactor * _stored.Took;
        var left = (pause < LongestPause ? pause : LongestPause) - _time.GetElapsedTime(_stored.At);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(left, _time);
        try
        {
            return await _reports.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendHeartbeats()
    {
        using var timer = new PeriodicTimer(HeartbeatPeriod, _time);
        while (!_lost.IsCancellationRequested && await timer.WaitForNextTickAsync(_ended.Token))
        {
            await SendHeartbeat();
        }
    }

    private async Task SendHeartbeat()
    {
        try
        {
            // While the attempt ends, the lease may have ended by that very report, whose own answer counts.
            var notes = _notes.All;
            var answer = await _experiment.Heartbeat(_lease, Volatile.Read(ref _progress), notes == _told ? [] : notes, _ended.Token);
            _told = notes;
            if (answer != LeaseAnswer.Continue && !_ending)
            {
                await _stop.CancelAsync();
                if (answer == LeaseAnswer.Lost)
                {
                    await _lost.CancelAsync();
                }
            }
        }
        catch (Exception exception) when (!exception.IsCancelledBy(_ended.Token))
        {
            _notes.TriedAgain(_experimentId, "a heartbeat", exception.Reason());
        }
    }

    private async Task Complete(TrainingOutcome.Completed completed)
    {
        await Retry("storing predictions", () => _checkpoints.Store(completed.Predictions));
        await Store(completed.Final);
        await Report("committing the evaluation", () => _experiment.Complete(_lease, completed.Evaluation, _notes.All, CancellationToken.None));
        await Prune(StoredCheckpoints.KeptOfCompleted);
    }

    private async Task Pause(Checkpoint checkpoint)
    {
        await Store(checkpoint);
        await Prune();
        await ReportEnd(AttemptEndReason.Stopped);
    }

    private Task ReportEnd(AttemptEndReason reason, string? error = null, string? errorType = null) => Report(
        "reporting the end of the attempt",
        () => _experiment.EndAttempt(_lease, new AttemptEnd(reason, error, errorType), _notes.All, CancellationToken.None));

    /// <summary>The history tells of every epoch; the journal of the attempt's first, second, fourth, eighth and so on, which never crowd out the rest.</summary>
    /// <param name="epochs">Committed in this attempt.</param>
    private void Note(EpochMetrics epoch, int epochs)
    {
        if (BitOperations.IsPow2(epochs))
        {
            _notes.Add(JournalLevel.Information, FormattableString.Invariant($"Epoch {epoch.Epoch} is committed: validation accuracy {epoch.ValidationAccuracy:F4}."));
        }
    }

    private Task Store(Checkpoint checkpoint) =>
        _telemetry.Checkpoint(() => Persistently("storing a checkpoint", () => _checkpoints.Store(checkpoint, _lease), _lost.Token));

    private Task Prune(int kept = StoredCheckpoints.Kept)
    {
        var superseded = _checkpoints.Supersede(kept);
        return Retry("removing older checkpoints", () => _checkpoints.Delete(superseded));
    }

    private async Task Report(string what, Func<Task<LeaseAnswer>> report)
    {
        switch (await Persistently(what, report, _lost.Token))
        {
            case LeaseAnswer.Lost:
                throw new LeaseLostException(_experimentId, _lease);
            case LeaseAnswer.Stop:
                await _stop.CancelAsync();
                break;
        }
    }

    private async Task Retry(string what, Func<Task> action) => await Persistently(
        what,
        async () =>
        {
            await action();
            return true;
        },
        _lost.Token);

    /// <param name="Began">When its first batch did, or the attempt within it.</param>
    private readonly record struct TrainedEpoch(EpochMetrics Metrics, DateTimeOffset Began);
}
