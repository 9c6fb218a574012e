using System.Collections.Immutable;
using System.Diagnostics;
using Experiments.Grains.Storage;
using Orleans.Storage;

namespace Experiments.Grains.Grids;

internal sealed partial class GridGrain(
    [PersistentState("grid")] IPersistentState<GridState> state, IExperimentStore store, TimeProvider time) : Grain, IGridGrain
{
    /// <summary>Each activates an experiment and writes its state.</summary>
    private const int ChangedAtOnce = 64;

    private GridRows _rows = new(time);

    private GridState State => state.State;

    private bool Exists => state.RecordExists && !State.IsDeleted;

    private GridDefinition Definition => State.Definition!;

    private IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(GrainKeys.Queue);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            return;
        }

        AddPendingRows();
        foreach (var row in await store.ReadRowsAsync(State.Id, cancellationToken))
        {
            Put(row);
        }

        await ReadAnnotations(cancellationToken);
    }

    public async Task<SubmitResult> Submit(GridDefinition definition, CancellationToken cancellationToken)
    {
        if (State.IsDeleted)
        {
            await FinishDelete(State.Id, cancellationToken);
        }

        bool created = !state.RecordExists;
        if (created)
        {
            State.Id = await Register(definition, cancellationToken);
            State.SubmittedAt = time.GetUtcNow();
            State.Definition = definition;
            State.CreatedBy = RequestIdentity.Current;
            State.Submits = [new GridSubmit(First: 0, State.SubmittedAt, Activity.Current?.Id)];
            await Persist(cancellationToken);
            AddPendingRows();
        }
        else
        {
            await Change(definition, cancellationToken);
        }

        await Queue.Offer(definition.Name, cancellationToken);
        return new SubmitResult(Overview(), created || RequestIdentity.IsSame(State.CreatedBy));
    }

    public async Task<GridOverview?> GetOverview(CancellationToken cancellationToken) =>
        Exists ? Overview() with { StoredBytes = await store.MeasureGridAsync(State.Id, cancellationToken) } : null;

    public Task<GridOverview?> GetProgress(CancellationToken cancellationToken) => Task.FromResult(Exists ? Overview() : null);

    public Task<GridDefinition?> GetDefinition(CancellationToken cancellationToken) => Task.FromResult(Exists ? Definition : null);

    public Task<GridSnapshot?> GetSnapshot(long since, CancellationToken cancellationToken) =>
        Task.FromResult(Exists ? new GridSnapshot(Overview(), _rows.ChangedAfter(since), _rows.Version) : null);

    public async Task<ExperimentSnapshot?> GetExperiment(string idOrName, CancellationToken cancellationToken)
    {
        int index = Exists ? IndexOf(idOrName) : -1;
        if (index < 0)
        {
            return null;
        }

        string id = ExperimentId(index);
        var known = await Experiment(index).GetSnapshot(cancellationToken);
        if (!Exists || _rows.Find(id) is not { } row)
        {
            // It was deleted meanwhile.
            return null;
        }

        // A silo may have died before the grid heard that the experiment began.
        var snapshot = known is null ? NeverBegun(Assignment(index), row.Status) : State.Held.ContainsKey(index) ? known with { Status = row.Status } : known;
        return snapshot with { Annotation = row.Annotation };
    }

    public async Task<ExperimentJournal?> GetJournal(string idOrName, CancellationToken cancellationToken)
    {
        int index = Exists ? IndexOf(idOrName) : -1;
        return index < 0 ? null : await Experiment(index).GetJournal(cancellationToken);
    }

    public Task<QueuedGrid?> GetQueue(CancellationToken cancellationToken) =>
        Task.FromResult(Exists
            ? new QueuedGrid(
                Definition.Name,
                Definition.Priority,
                Definition.MaxParallel,
                State.SubmittedAt,
                Ids(ExperimentStatus.Pending),
                Ids(ExperimentStatus.Running))
            : null);

    public Task LookAgain(CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task<ExperimentAssignment?> GetAssignment(string experimentId, CancellationToken cancellationToken)
    {
        int index = Exists ? IndexOf(experimentId) : -1;
        return Task.FromResult(index < 0 || State.Held.ContainsKey(index) ? null : Assignment(index));
    }

    public async Task<ExperimentStatus?> Report(ExperimentRow row, CancellationToken cancellationToken)
    {
        if (!Exists)
        {
            return null;
        }

        if (row.Status is ExperimentStatus.Pending or ExperimentStatus.Running && State.Held.GetValueOrDefault(IndexOf(row.Id)) is { } held)
        {
            Put(row with { Status = held.Status });
            return held.Status;
        }

        Put(row);
        if (row.Status != ExperimentStatus.Running)
        {
            await Queue.Return(Definition.Name, row.Id, row.Status == ExperimentStatus.Pending, cancellationToken);
        }

        return null;
    }

    public Task ReportProgress(ExperimentRow row)
    {
        // Progress overtaken by a change of status says nothing any more.
        if (_rows.Find(row.Id)?.Status == ExperimentStatus.Running)
        {
            Put(row);
        }

        return Task.CompletedTask;
    }

    private async Task Change(GridDefinition submitted, CancellationToken cancellationToken)
    {
        var change = GridChanges.Plan(Definition, submitted);
        if (!change.Differences.IsEmpty)
        {
            throw new GridConflictException(Definition.Name, change.Differences);
        }

        if (submitted.Dataset.IsStored)
        {
            await Register(submitted, State.Id, cancellationToken);
        }

        if (change.Merged.Experiments.Length > Definition.Experiments.Length)
        {
            State.Submits = State.Submits.Add(new GridSubmit(Definition.Experiments.Length, time.GetUtcNow(), Activity.Current?.Id));
        }

        State.Definition = change.Merged;
        State.Held = State.Held.RemoveRange(State.Held.Where(held => held.Value.Status == ExperimentStatus.Paused).Select(held => held.Key));
        await Persist(cancellationToken);
        AddPendingRows();
        foreach (var some in Enumerable.Range(0, _rows.All.Count).Where(MayResume).ToList().Chunk(ChangedAtOnce))
        {
            await Task.WhenAll(some.Select(index => Resume(index, cancellationToken)));
        }
    }

    private bool MayResume(int index) =>
        _rows.All[index].Status == ExperimentStatus.Paused || _rows.All[index].Epochs != Definition.Experiments[index].Config.Training.Epochs;

    private async Task Resume(int index, CancellationToken cancellationToken)
    {
        if (HasBegun(index))
        {
            await UntilStopped(() => Experiment(index).Resume(Assignment(index), cancellationToken), cancellationToken);
        }
        else
        {
            _rows.Put(NeverBegun(index));
        }
    }

    /// <returns>The grid's id.</returns>
    private async Task<string> Register(GridDefinition definition, CancellationToken cancellationToken)
    {
        string id = GridIds.New();
        string holder = await Register(definition, id, cancellationToken);
        if (holder == id)
        {
            return id;
        }

        await state.ReadStateAsync(cancellationToken);
        if (state.RecordExists)
        {
            DeactivateOnIdle();
            throw new InconsistentStateException($"Grid {definition.Name} was stored by another since this activation looked.");
        }

        // A submit or a delete was interrupted; what the latter has left is not this grid's.
        await store.RemoveGridAsync(holder, cancellationToken);
        return await Register(definition, id, cancellationToken);
    }

    private Task<string> Register(GridDefinition definition, string id, CancellationToken cancellationToken) =>
        store.AddGridAsync(definition.Name, id, definition.Dataset.IsStored ? definition.Dataset.Sha256 : null, cancellationToken);

    private Task Persist(CancellationToken cancellationToken) => Write(state.WriteStateAsync, cancellationToken);

    private async Task Write(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(cancellationToken);
        }
        catch
        {
            // Whether it was written is unknown: the next activation reads what is there.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>An experiment has no state of its own before its first lease: its row comes from the definition.</summary>
    private void AddPendingRows()
    {
        for (int index = _rows.All.Count; index < Definition.Experiments.Length; index++)
        {
            _rows.Put(NeverBegun(index));
        }
    }

    private ExperimentRow NeverBegun(int index)
    {
        var experiment = Definition.Experiments[index];
        var held = State.Held.GetValueOrDefault(index);
        return new ExperimentRow
        {
            Id = ExperimentId(index),
            Name = experiment.Name,
            Variant = experiment.Variant,
            Status = held?.Status ?? ExperimentStatus.Pending,
            Epochs = experiment.Config.Training.Epochs,
            Seconds = 0,
            EndedAt = held?.Status.IsFinal() == true ? held.Since : null,
        };
    }

    private bool HasBegun(int index) => _rows.All[index].Silo is not null;

    private void Put(ExperimentRow row)
    {
        if (_rows.Find(row.Id) is not null)
        {
            _rows.Put(row);
        }
    }

    private GridOverview Overview()
    {
        var totals = _rows.Totals;
        return new GridOverview
        {
            Id = State.Id,
            Name = Definition.Name,
            Status = totals.Status,
            SubmittedAt = State.SubmittedAt,
            CompletedAt = totals.Status is GridStatus.Running or GridStatus.Paused ? null : totals.EndedAt,
            Dataset = Definition.Dataset,
            Experiments = _rows.All.Count,
            Pending = totals.Of(ExperimentStatus.Pending),
            Running = totals.Of(ExperimentStatus.Running),
            Paused = totals.Of(ExperimentStatus.Paused),
            Completed = totals.Of(ExperimentStatus.Completed),
            Cancelled = totals.Of(ExperimentStatus.Cancelled),
            Failed = totals.Of(ExperimentStatus.Failed),
            EpochsCommitted = totals.EpochsCommitted,
            EpochsToTrain = totals.EpochsToTrain,
            BestValidationAccuracy = totals.BestValidationAccuracy,
            LastValidationAccuracy = totals.LastValidationAccuracy,
            Annotation = _rows.Annotation,
        };
    }

    private ImmutableArray<string> Ids(ExperimentStatus status) => [.. _rows.All.Where(row => row.Status == status).Select(row => row.Id)];

    private IExperimentGrain Experiment(int index) => GrainFactory.GetGrain<IExperimentGrain>(GrainKeys.Experiment(ExperimentId(index)));

    private string ExperimentId(int index) => GrainKeys.ExperimentId(State.Id, index + 1);

    private int IndexOf(string idOrName)
    {
        if (_rows.IndexOf(idOrName) is { } known)
        {
            return known;
        }

        for (int index = 0; index < _rows.All.Count; index++)
        {
            if (_rows.All[index].Name == idOrName)
            {
                return index;
            }
        }

        return -1;
    }

    /// <param name="index">The experiment's place in the grid; −1 where none is named, which stands for the whole grid.</param>
    /// <returns>False where there is no such grid or experiment.</returns>
    private bool TryFind(string? experiment, out int index)
    {
        index = experiment is null || !Exists ? -1 : IndexOf(experiment);
        return Exists && (experiment is null || index >= 0);
    }

    private ExperimentAssignment Assignment(int index)
    {
        var submit = State.Submits.LastOrDefault(submit => submit.First <= index);
        return new()
        {
            ExperimentId = ExperimentId(index),
            GridName = Definition.Name,
            GridId = State.Id,
            Definition = Definition.Experiments[index],
            Dataset = Definition.Dataset,
            MaxAttempts = Definition.MaxAttempts,
            SubmittedAt = submit?.At,
            SubmitTrace = submit?.Trace,
        };
    }

    private static ExperimentSnapshot NeverBegun(ExperimentAssignment assignment, ExperimentStatus status) => new()
    {
        Id = assignment.ExperimentId,
        Name = assignment.Definition.Name,
        Variant = assignment.Definition.Variant,
        Status = status,
        Attempts = 0,
        Config = assignment.Definition.Config,
    };
}
