using System.Collections.Immutable;
using Experiments.Grains.Execution;
using Experiments.Grains.Storage;
using Experiments.Training.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Experiments;

internal sealed class ExperimentGrain(
    [PersistentState("experiment")] IPersistentState<ExperimentState> state,
    IExperimentStore store,
    ICheckpointStore checkpoints,
    IClusterMembershipService membership,
    TimeProvider time,
    ILogger<ExperimentGrain> logger) : Grain, IExperimentGrain
{
    private static readonly TimeSpan LeaseCheckPeriod = TimeSpan.FromSeconds(10);

    private ImmutableArray<EpochMetrics> _history = [];
    private BatchProgress? _progress;
    private long _heard;
    private IGrainTimer? _leaseTimer;

    private ExperimentState State => state.State;

    private ExperimentAssignment Assignment => State.Assignment!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.RecordExists)
        {
            _history = await store.ReadHistoryAsync(Assignment.ExperimentId, cancellationToken);
            WatchLease();
        }
    }

    public async Task<Lease?> StartAttempt(ExperimentAssignment assignment, SlotIdentity slot, CancellationToken cancellationToken)
    {
        await CheckLease(cancellationToken);
        if (state.RecordExists && State.Status != ExperimentStatus.Pending)
        {
            await Tell(cancellationToken);
            return null;
        }

        int counted = Attempts.Counted(State.AttemptsWithoutEpoch, State.EpochsAtStart, _history.Length);
        State.Assignment = assignment;
        if (counted >= assignment.MaxAttempts)
        {
            await End(ExperimentStatus.Failed, $"{counted} attempts ended by a crash or a lost silo without completing an epoch.", cancellationToken);
            return null;
        }

        State.Status = ExperimentStatus.Running;
        State.Lease++;
        State.Attempts++;
        State.AttemptsWithoutEpoch = counted + 1;
        State.EpochsAtStart = _history.Length;
        State.Slot = slot;
        State.Error = null;
        await Persist(cancellationToken);
        WatchLease();
        await Tell(cancellationToken);
        return new Lease(State.Lease, _history);
    }

    public async Task<LeaseAnswer> CommitEpoch(long lease, EpochMetrics metrics, CancellationToken cancellationToken)
    {
        if (!Holds(lease))
        {
            return LeaseAnswer.Lost;
        }

        if (metrics.Epoch <= _history.Length)
        {
            // A checkpoint was damaged and the epoch trained again: what was committed stays.
            if (HistoryHash.Of([metrics]) != HistoryHash.Of([_history[metrics.Epoch - 1]]))
            {
                logger.EpochDiffers(Assignment.ExperimentId, metrics.Epoch);
            }

            return LeaseAnswer.Continue;
        }

        _progress = null;
        var history = _history.Add(metrics);
        try
        {
            await store.AppendEpochAsync(Assignment.GridId, lease, metrics, Row(history), cancellationToken);
        }
        catch (LeaseLostException)
        {
            // Another activation has given a newer lease: this one's state is stale.
            DeactivateOnIdle();
            return LeaseAnswer.Lost;
        }

        _history = history;
        TellProgress();
        return LeaseAnswer.Continue;
    }

    public Task<LeaseAnswer> Heartbeat(long lease, BatchProgress? progress, CancellationToken cancellationToken)
    {
        if (!Holds(lease))
        {
            return Task.FromResult(LeaseAnswer.Lost);
        }

        _progress = progress ?? _progress;
        TellProgress();
        return Task.FromResult(LeaseAnswer.Continue);
    }

    public async Task<LeaseAnswer> Complete(long lease, TestEvaluation evaluation, CancellationToken cancellationToken)
    {
        if (!Holds(lease))
        {
            return LeaseAnswer.Lost;
        }

        State.Evaluation = evaluation;
        bool extendedMeanwhile = Assignment.Definition.Config.Training.Epochs > _history.Length;
        await End(extendedMeanwhile ? ExperimentStatus.Pending : ExperimentStatus.Completed, null, cancellationToken);
        return LeaseAnswer.Continue;
    }

    public async Task<LeaseAnswer> EndAttempt(long lease, AttemptEnd end, CancellationToken cancellationToken)
    {
        if (!Holds(lease))
        {
            return LeaseAnswer.Lost;
        }

        switch (end.Reason)
        {
            case AttemptEndReason.Failed:
                await End(ExperimentStatus.Failed, end.Error, cancellationToken);
                break;
            case AttemptEndReason.StorageFull:
                State.AttemptsWithoutEpoch--;
                await End(ExperimentStatus.Paused, end.Error, cancellationToken);
                break;
            default:
                State.AttemptsWithoutEpoch--;
                await End(ExperimentStatus.Pending, null, cancellationToken);
                break;
        }

        return LeaseAnswer.Continue;
    }

    public async Task CheckLease(CancellationToken cancellationToken)
    {
        if (State.Status == ExperimentStatus.Running && LeaseRule.HasEnded(SiloLives(State.Slot!.Silo), time.GetElapsedTime(_heard)))
        {
            logger.LeaseEnded(Assignment.ExperimentId, State.Lease, State.Slot.Silo);
            await End(ExperimentStatus.Pending, null, cancellationToken);
        }
    }

    public async Task Resume(ExperimentAssignment assignment, CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            return;
        }

        bool extended = assignment.Definition.Config.Training.Epochs > _history.Length;
        State.Assignment = assignment;
        if (State.Status == ExperimentStatus.Paused || (State.Status == ExperimentStatus.Completed && extended))
        {
            State.AttemptsWithoutEpoch = 0;
            await End(ExperimentStatus.Pending, null, cancellationToken);
        }
        else
        {
            await Persist(cancellationToken);
            await Tell(cancellationToken);
        }
    }

    public Task<ExperimentSnapshot?> GetSnapshot(CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            return Task.FromResult<ExperimentSnapshot?>(null);
        }

        var evaluation = State.Status == ExperimentStatus.Completed ? State.Evaluation : null;
        var definition = Assignment.Definition;
        return Task.FromResult<ExperimentSnapshot?>(new ExperimentSnapshot
        {
            Id = Assignment.ExperimentId,
            Name = definition.Name,
            Variant = definition.Variant,
            Status = State.Status,
            Error = State.Error,
            Attempts = State.Attempts,
            Silo = State.Slot?.Silo.ToParsableString(),
            Config = definition.Config,
            Parameters = evaluation?.Parameters,
            Best = Best(_history),
            History = _history,
            Test = evaluation?.Test,
            ClassificationReport = evaluation?.Report,
            ConfusionMatrix = evaluation?.ConfusionMatrix,
            WeightsSha256 = evaluation?.WeightsSha256,
            Environment = State.Slot?.Environment,
            Progress = _progress,
        });
    }

    public async Task<byte[]?> GetWeights(bool best, CancellationToken cancellationToken)
    {
        string id = this.GetPrimaryKeyString()[GrainKeys.Experiment("").Length..];
        var latest = await StoredCheckpoints.Latest(checkpoints, id, suits: _ => true, logger, cancellationToken);
        return latest is null || latest.Position.BestEpoch == 0 ? null : best ? latest.BestWeights() : latest.Weights();
    }

    public async Task<Predictions?> GetPredictions(CancellationToken cancellationToken) =>
        State is { Status: ExperimentStatus.Completed, Assignment: { } assignment }
        && await checkpoints.ReadAsync(assignment.ExperimentId, StoredPredictions.Name, cancellationToken) is { } bytes
            ? StoredPredictions.FromBytes(bytes)
            : null;

    private bool Holds(long lease)
    {
        if (State.Status != ExperimentStatus.Running || State.Lease != lease)
        {
            return false;
        }

        _heard = time.GetTimestamp();
        return true;
    }

    private bool SiloLives(SiloAddress silo) =>
        membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) && member.Status != SiloStatus.Dead;

    private async Task End(ExperimentStatus status, string? error, CancellationToken cancellationToken)
    {
        State.Status = status;
        State.Error = error;
        State.EndedAt = status.IsFinal() ? time.GetUtcNow() : null;
        _progress = null;
        try
        {
            await Persist(cancellationToken);
        }
        catch (Exception exception) when (status == ExperimentStatus.Paused && StorageErrors.IsStorageFull(exception))
        {
            // There is no room for the word that there is no room: it holds while this process lives, and the next one finds out for itself.
            logger.PauseNotPersisted(Assignment.ExperimentId);
        }

        WatchLease();
        await Tell(cancellationToken);
    }

    private async Task Persist(CancellationToken cancellationToken)
    {
        try
        {
            await state.WriteStateAsync(cancellationToken);
        }
        catch (Exception exception) when (!StorageErrors.IsStorageFull(exception))
        {
            // Whether it was written is unknown: the next activation reads what is there.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Tells the grid of the new status. The grid reads the rows when it is activated, so that a failure here is mended there.</summary>
    private async Task Tell(CancellationToken cancellationToken)
    {
        var row = Row(_history);
        try
        {
            await store.WriteRowAsync(Assignment.GridId, State.Lease, row, cancellationToken);
        }
        catch (StorageFullException)
        {
            logger.RowNotPersisted(Assignment.ExperimentId);
        }

        await Grid.Report(row, cancellationToken);
    }

    private void TellProgress() => Grid.ReportProgress(Row(_history)).Ignore();

    private IGridGrain Grid => GrainFactory.GetGrain<IGridGrain>(GrainKeys.Grid(Assignment.GridName));

    private ExperimentRow Row(ImmutableArray<EpochMetrics> history) => new()
    {
        Id = Assignment.ExperimentId,
        Name = Assignment.Definition.Name,
        Variant = Assignment.Definition.Variant,
        Status = State.Status,
        Error = State.Error,
        Silo = State.Slot?.Silo.ToParsableString(),
        Epochs = Assignment.Definition.Config.Training.Epochs,
        Last = history.IsEmpty ? null : history[^1],
        Best = Best(history),
        Test = State.Status == ExperimentStatus.Completed ? State.Evaluation?.Test : null,
        Progress = _progress,
        EndedAt = State.EndedAt,
    };

    private BestEpoch? Best(ImmutableArray<EpochMetrics> history) =>
        history.MinBy(epoch => epoch.ValidationLoss) is { } best
            ? new BestEpoch(best.Epoch, best.ValidationLoss, State.Status == ExperimentStatus.Completed ? State.Evaluation?.BestTestAccuracy : null)
            : null;

    private void WatchLease()
    {
        _heard = time.GetTimestamp();
        _leaseTimer?.Dispose();
        _leaseTimer = State.Status == ExperimentStatus.Running
            ? this.RegisterGrainTimer(CheckLease, new GrainTimerCreationOptions(LeaseCheckPeriod, LeaseCheckPeriod))
            : null;
    }
}
