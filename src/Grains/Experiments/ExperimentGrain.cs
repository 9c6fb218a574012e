using System.Collections.Immutable;
using Experiments.Grains.Execution;
using Experiments.Grains.Storage;
using Experiments.Grains.Telemetry;
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
    private ImmutableArray<EpochMetrics> _history = [];
    private BatchProgress? _progress;
    private long _heard = time.GetTimestamp();

    /// <summary>An attempt whose end is not persisted yet.</summary>
    private (Attempt Attempt, string? Trace)? _ended;

    private ExperimentState State => state.State;

    private ExperimentAssignment Assignment => State.Assignment!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.RecordExists)
        {
            _history = await store.ReadHistoryAsync(Assignment.ExperimentId, cancellationToken);
        }
    }

    public async Task<Lease?> StartAttempt(string gridName, SlotIdentity slot, CancellationToken cancellationToken)
    {
        if (membership.CurrentSnapshot.GetSiloStatus(slot.Silo) == SiloStatus.Dead)
        {
            // It asked before it was cut off, and only now is heard: a lease for it would have ended already.
            return null;
        }

        if (await GrainFactory.GetGrain<IGridGrain>(GrainKeys.Grid(gridName)).GetAssignment(Id, cancellationToken) is not { } assignment)
        {
            return null;
        }

        State.Assignment ??= assignment;
        var lost = await LostOf(cancellationToken);
        if (State.Status != ExperimentStatus.Pending && lost is null)
        {
            await Tell(cancellationToken);
            return null;
        }

        int counted = await Attempts.Counted(
            State.AttemptsWithoutEpoch, State.EpochsAtStart, _history.Length, () => Checkpoints.HasAdvanced(State.Lease, cancellationToken));
        State.Assignment = assignment;
        if (lost is { } outcome)
        {
            EndAttempt(outcome, null);
        }

        if (counted >= assignment.MaxAttempts)
        {
            string error = $"{counted} attempts ended by a crash or a lost silo without getting any further.";
            Say(JournalLevel.Error, $"Failed: {error}");
            await Fail(error, "AttemptsExhausted", cancellationToken);
            return null;
        }

        var now = time.GetUtcNow();
        using var trace = State.Trace is null ? ExperimentTrace.Begin(assignment, now) : null;
        State.Trace ??= trace?.Id;
        using var span = ExperimentTrace.Below(State.Trace, "lease", now, assignment, State.Lease + 1, slot.Silo.ToParsableString());
        State.LeaseTrace = span?.Id;
        var journal = State.Journal;
        State.Status = ExperimentStatus.Running;
        State.Lease++;
        State.Attempts++;
        State.AttemptsWithoutEpoch = counted + 1;
        State.EpochsAtStart = _history.Length;
        State.Environment = Environment?.GoesOnIn(slot.Environment) ?? slot.Environment;
        State.Slot = slot;
        State.IsStopping = false;
        State.Error = null;
        State.EndedAt = null;
        State.Journal = journal.Begin(State.Lease, slot.Silo.ToParsableString(), _history.Length, assignment.Definition.Config.Training.Epochs, now);
        _progress = null;
        _heard = time.GetTimestamp();
        try
        {
            await Write(cancellationToken);
        }
        catch (Exception exception) when (StorageErrors.StorageFull(exception) is { } full)
        {
            // What is persisted is the state before: pending, with this attempt not begun.
            State.Lease--;
            State.Attempts--;
            State.AttemptsWithoutEpoch = counted;
            State.Journal = journal;
            Say(JournalLevel.Warning, $"Paused: {full.Message}");
            await End(ExperimentStatus.Paused, full.Message, cancellationToken);
            return null;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        LeaseTelemetry.Begun(State, now);
        await Tell(cancellationToken);
        return State.Status == ExperimentStatus.Running ? new Lease(State.Lease, assignment, _history, State.LeaseTrace) : null;
    }

    public async Task<LeaseAnswer> CommitEpoch(long lease, EpochMetrics metrics, CancellationToken cancellationToken)
    {
        // Also of a slot that is to stop: its checkpoint is of no use without the epochs before it.
        var answer = Hear(lease, notes: []);
        if (answer == LeaseAnswer.Lost)
        {
            return answer;
        }

        if (metrics.Epoch <= _history.Length)
        {
            // A checkpoint was damaged and the epoch trained again: what was committed stays.
            if (HistoryHash.Of([metrics]) != HistoryHash.Of([_history[metrics.Epoch - 1]]))
            {
                AttemptLog.EpochDiffers(Assignment.ExperimentId, metrics.Epoch);
                Say(JournalLevel.Warning, FormattableString.Invariant($"Epoch {metrics.Epoch} came out different when it was trained again; the committed one stays."));
            }

            return answer;
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
        return answer;
    }

    public Task<LeaseAnswer> Heartbeat(long lease, BatchProgress? progress, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken)
    {
        var answer = Hear(lease, notes);
        if (answer == LeaseAnswer.Continue)
        {
            _progress = progress ?? _progress;
            TellProgress();
        }

        return Task.FromResult(answer);
    }

    public async Task<LeaseAnswer> Complete(long lease, TestEvaluation evaluation, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken)
    {
        switch (Hear(lease, notes))
        {
            case LeaseAnswer.Stop:
                return await EndStop(cancellationToken);
            case LeaseAnswer.Lost:
                return State.Status == ExperimentStatus.Completed && State.Lease == lease ? LeaseAnswer.Continue : LeaseAnswer.Lost;
        }

        State.Evaluation = evaluation;
        bool isOver = IsOver(Assignment);
        if (isOver && Assignment.Definition.Config.Training.Epochs > _history.Length)
        {
            Say(JournalLevel.Information, FormattableString.Invariant($"Ended early, after epoch {_history.Length}: none was better than epoch {Best(_history)!.Epoch}."));
        }

        EndAttempt(AttemptOutcome.Completed, null);
        await End(isOver ? ExperimentStatus.Completed : ExperimentStatus.Pending, null, cancellationToken);
        return LeaseAnswer.Continue;
    }

    public async Task<LeaseAnswer> EndAttempt(long lease, AttemptEnd end, ImmutableArray<JournalLine> notes, CancellationToken cancellationToken)
    {
        switch (Hear(lease, notes))
        {
            case LeaseAnswer.Stop:
                return await EndStop(cancellationToken);
            case LeaseAnswer.Lost:
                return LeaseAnswer.Lost;
        }

        switch (end.Reason)
        {
            case AttemptEndReason.Failed:
                EndAttempt(AttemptOutcome.Failed, end.Error);
                await Fail(end.Error, end.ErrorType, cancellationToken);
                break;
            case AttemptEndReason.StorageFull:
                State.AttemptsWithoutEpoch--;
                EndAttempt(AttemptOutcome.StorageFull, end.Error);
                await End(ExperimentStatus.Paused, end.Error, cancellationToken);
                break;
            case AttemptEndReason.Hung:
                EndAttempt(AttemptOutcome.Hung, null);
                await End(ExperimentStatus.Pending, null, cancellationToken);
                break;
            default:
                State.AttemptsWithoutEpoch--;
                EndAttempt(AttemptOutcome.SiloStopped, null);
                await End(ExperimentStatus.Pending, null, cancellationToken);
                break;
        }

        return LeaseAnswer.Continue;
    }

    public async Task<bool> CheckLease(CancellationToken cancellationToken)
    {
        if (State.Assignment is null)
        {
            return false;
        }

        if (await LostOf(cancellationToken) is { } outcome)
        {
            AttemptLog.LeaseEnded(Assignment.ExperimentId, State.Lease, State.Slot!.Silo.ToParsableString());
            EndAttempt(outcome, null);
            await End(ExperimentStatus.Pending, null, cancellationToken);
        }
        else if (State.Status != ExperimentStatus.Running)
        {
            await Tell(cancellationToken);
            RestWhereEnded();
        }

        return State.Status == ExperimentStatus.Running;
    }

    public async Task<bool> Resume(ExperimentAssignment assignment, CancellationToken cancellationToken)
    {
        if (await SlotIsStopping(cancellationToken))
        {
            return false;
        }

        bool extended = !IsOver(assignment);
        State.Assignment = assignment;
        if (State.Status == ExperimentStatus.Paused || (State.Status == ExperimentStatus.Completed && extended))
        {
            State.AttemptsWithoutEpoch = 0;
            Say(JournalLevel.Information, State.Status == ExperimentStatus.Paused ? "Resumed by a submit." : FormattableString.Invariant($"Goes on to epoch {assignment.Definition.Config.Training.Epochs}."));
            await End(ExperimentStatus.Pending, null, cancellationToken);
        }
        else
        {
            await Persist(cancellationToken);
            await Tell(cancellationToken);
        }

        return true;
    }

    public async Task<ControlOutcome> Control(ControlVerb verb, ExperimentAssignment assignment, CancellationToken cancellationToken)
    {
        State.Assignment = assignment;
        if (RequestIdentity.IsSame(State.ChangedBy))
        {
            await Tell(cancellationToken);
            return ControlOutcome.Changed;
        }

        if (verb.Applied(State.Status) is not { } status)
        {
            await Tell(cancellationToken);
            return ControlOutcome.Skipped;
        }

        bool goesOn = status == ExperimentStatus.Pending;
        if (goesOn && await SlotIsStopping(cancellationToken))
        {
            return ControlOutcome.Stopping;
        }

        State.IsStopping = !goesOn && (State.IsStopping || State.Status == ExperimentStatus.Running);
        State.AttemptsWithoutEpoch = goesOn ? 0 : State.AttemptsWithoutEpoch;
        State.ChangedBy = RequestIdentity.Current;
        SayOf(verb);
        Become(status, error: null);
        await Persist(cancellationToken);
        await Tell(cancellationToken);
        return ControlOutcome.Changed;
    }

    public async Task<bool> Delete(CancellationToken cancellationToken)
    {
        if (await SlotIsStopping(cancellationToken))
        {
            return false;
        }

        if (state.RecordExists)
        {
            await state.ClearStateAsync(cancellationToken);
        }

        _history = [];
        DeactivateOnIdle();
        return true;
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
            Environment = Environment,
            Progress = _progress,
            TraceId = ExperimentTrace.SentId(State.Trace),
        });
    }

    public Task<ExperimentJournal> GetJournal(CancellationToken cancellationToken) => Task.FromResult(State.Journal.ForReaders(_history.Length));

    public async Task<byte[]?> GetWeights(bool best, CancellationToken cancellationToken)
    {
        var latest = await Checkpoints.Latest(suits: _ => true, cancellationToken);
        return latest is null || latest.Position.BestEpoch == 0 ? null : best ? latest.BestWeights() : latest.Weights();
    }

    public async Task<Predictions?> GetPredictions(CancellationToken cancellationToken) =>
        State is { Status: ExperimentStatus.Completed, Assignment: { } assignment }
        && await checkpoints.ReadAsync(assignment.ExperimentId, StoredPredictions.Name, cancellationToken) is { } bytes
            ? StoredPredictions.FromBytes(bytes)
            : null;

    private LeaseAnswer Hear(long lease, ImmutableArray<JournalLine> notes)
    {
        var answer = LeaseRule.Answer(lease, State.Lease, State.Status, State.IsStopping);
        if (answer != LeaseAnswer.Lost)
        {
            _heard = time.GetTimestamp();
            State.Journal = State.Journal.Hear(notes);
            return answer;
        }

        // A late report of an attempt that has ended may have brought this activation about.
        RestWhereEnded();
        return answer;
    }

    /// <summary>The slot that was told to stop has stored its checkpoint.</summary>
    private async Task<LeaseAnswer> EndStop(CancellationToken cancellationToken)
    {
        State.IsStopping = false;
        State.Journal = State.Journal.Stop(_history.Length, time.GetUtcNow());
        await Persist(cancellationToken);
        await Tell(cancellationToken);
        return LeaseAnswer.Stop;
    }

    /// <summary>How the lease has ended by itself; null where none is, or it has not.</summary>
    private async Task<AttemptOutcome?> LostOf(CancellationToken cancellationToken) =>
        State.Status == ExperimentStatus.Running ? await LostSlot(cancellationToken) : null;

    private async Task<bool> SlotIsStopping(CancellationToken cancellationToken) => State.IsStopping && await LostSlot(cancellationToken) is null;

    private async Task<AttemptOutcome?> LostSlot(CancellationToken cancellationToken) =>
        LeaseRule.Ended(await SiloLives(State.Slot!.Silo, cancellationToken), time.GetElapsedTime(_heard));

    private async Task<bool> SiloLives(SiloAddress silo, CancellationToken cancellationToken)
    {
        if (!membership.CurrentSnapshot.Members.ContainsKey(silo))
        {
            // It may have joined since this silo last looked; else it is gone for so long that nothing is known of it any more.
            await membership.Refresh(default, cancellationToken);
        }

        return membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) && member.Status != SiloStatus.Dead;
    }

    /// <param name="errorType">What the error is one of, for those who count.</param>
    private async Task Fail(string? error, string? errorType, CancellationToken cancellationToken)
    {
        await End(ExperimentStatus.Failed, error, cancellationToken);
        Instruments.Failures.Add(1, new KeyValuePair<string, object?>(Attributes.ErrorType, errorType));
    }

    private async Task End(ExperimentStatus status, string? error, CancellationToken cancellationToken)
    {
        Become(status, error);
        try
        {
            await Write(cancellationToken);
        }
        catch (Exception exception) when (status == ExperimentStatus.Paused && StorageErrors.StorageFull(exception) is not null)
        {
            // There is no room for the word that there is no room: it holds while this activation lives, and the next one finds out for itself.
            AttemptLog.PauseNotPersisted(Assignment.ExperimentId);
        }
        catch
        {
            // Whether it was written is unknown: the next activation reads what is there.
            DeactivateOnIdle();
            throw;
        }

        await Tell(cancellationToken);
        RestWhereEnded();
    }

    /// <summary>A silo's memory must not grow with what it has trained; whoever asks later has it read again.</summary>
    private void RestWhereEnded()
    {
        if (State.Status.IsFinal())
        {
            DeactivateOnIdle();
        }
    }

    private void Become(ExperimentStatus status, string? error)
    {
        State.Status = status;
        State.Error = error;
        State.EndedAt = status.IsFinal() ? time.GetUtcNow() : null;
        State.PendingSince = status == ExperimentStatus.Pending ? time.GetUtcNow() : State.PendingSince;
        _progress = null;
    }

    private void Say(JournalLevel level, string text) => State.Journal = State.Journal.Say(level, text, time.GetUtcNow());

    /// <summary>What a verb does to an attempt under way is told by the attempt's end.</summary>
    private void SayOf(ControlVerb verb)
    {
        switch (verb)
        {
            case ControlVerb.Pause or ControlVerb.Cancel when State.Status == ExperimentStatus.Running:
                EndAttempt(verb == ControlVerb.Pause ? AttemptOutcome.Paused : AttemptOutcome.Cancelled, null);
                break;
            case ControlVerb.Retry:
                Say(JournalLevel.Information, "Tried again.");
                break;
            default:
                Say(JournalLevel.Information, verb switch { ControlVerb.Pause => "Paused.", ControlVerb.Cancel => "Cancelled.", _ => "Resumed." });
                break;
        }
    }

    private void EndAttempt(AttemptOutcome outcome, string? error)
    {
        var before = State.Journal;
        State.Journal = before.End(outcome, error, _history.Length, time.GetUtcNow());
        _ended = ReferenceEquals(State.Journal, before) ? _ended : (State.Journal.Attempts[^1], State.LeaseTrace);
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        await state.WriteStateAsync(cancellationToken);
        if (_ended is { } ended)
        {
            _ended = null;
            LeaseTelemetry.Ended(ended.Attempt, Assignment, ended.Trace);
        }
    }

    private async Task Persist(CancellationToken cancellationToken)
    {
        try
        {
            await Write(cancellationToken);
        }
        catch
        {
            // Whether it was written is unknown: the next activation reads what is there.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>
    /// Tells the grid of the status, which is persisted: a failure here does not undo it. The queue asks after whatever the grid believes
    /// to be running, and it is told then. A pause or cancel that the grid persisted while the experiment began is followed.
    /// </summary>
    private async Task Tell(CancellationToken cancellationToken)
    {
        var row = Row(_history);
        try
        {
            await store.WriteRowAsync(Assignment.GridId, State.Lease, row, cancellationToken);
        }
        catch (LeaseLostException)
        {
            // Another activation has given a newer lease: this one's state is stale, and nobody is to hear of it.
            DeactivateOnIdle();
            return;
        }
        catch (Exception exception)
        {
            AttemptLog.RowNotPersisted(Id, exception.Message);
        }

        ExperimentStatus? instead = null;
        try
        {
            instead = await Grid.Report(row, cancellationToken);
        }
        catch (Exception exception)
        {
            AttemptLog.GridNotTold(Id, exception.Reason());
        }

        if (instead is { } status)
        {
            EndAttempt(status == ExperimentStatus.Paused ? AttemptOutcome.Paused : AttemptOutcome.Cancelled, null);
            await End(status, null, cancellationToken);
        }
    }

    private void TellProgress() => Grid.ReportProgress(Row(_history)).Ignore();

    private TrainingEnvironment? Environment => State.Environment ?? State.Slot?.Environment;

    private ScopedLogger AttemptLog => ScopedLogger.OfExperiment(logger, Assignment, State.Lease, State.Slot?.Silo, State.LeaseTrace);

    private string Id => this.GetPrimaryKeyString()[GrainKeys.Experiment("").Length..];

    private StoredCheckpoints Checkpoints => new(checkpoints, Id, logger);

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
        Seconds = history.Sum(epoch => epoch.Seconds),
        EndedAt = State.EndedAt,
    };

    /// <summary>Whether all that an assignment asks for is trained; else it has been extended since it was.</summary>
    private bool IsOver(ExperimentAssignment assignment) => assignment.Definition.Config.Training.IsOver(_history.Length, Best(_history)?.Epoch ?? 0);

    private BestEpoch? Best(ImmutableArray<EpochMetrics> history) =>
        Assignment.Definition.Config.Training.EarlyStopping.Monitor.Best(history) is { } best
            ? new BestEpoch(
                best.Epoch, best.ValidationLoss, best.ValidationAccuracy, State.Status == ExperimentStatus.Completed ? State.Evaluation?.BestTestAccuracy : null)
            : null;
}
