using System.Collections.Immutable;
using Experiments.Grains.Storage;

namespace Experiments.Grains.Grids;

internal sealed class GridGrain(
    [PersistentState("grid")] IPersistentState<GridState> state, IExperimentStore store, TimeProvider time) : Grain, IGridGrain
{
    /// <summary>Each activates an experiment and writes its state.</summary>
    private const int ResumedAtOnce = 64;

    private readonly GridRows _rows = new(time);

    private GridState State => state.State;

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
    }

    public async Task<SubmitResult> Submit(GridDefinition definition, CancellationToken cancellationToken)
    {
        bool created = !state.RecordExists;
        if (created)
        {
            State.Id = await store.AddGridAsync(definition.Name, GridIds.New(), cancellationToken);
            State.SubmittedAt = time.GetUtcNow();
            State.Definition = definition;
            await Persist(cancellationToken);
            AddPendingRows();
        }
        else
        {
            await Change(definition, cancellationToken);
        }

        await Queue.Offer(definition.Name, cancellationToken);
        return new SubmitResult(Overview(), created);
    }

    public Task<GridOverview?> GetOverview(CancellationToken cancellationToken) => Task.FromResult(state.RecordExists ? Overview() : null);

    public Task<GridSnapshot?> GetSnapshot(long since, CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists ? new GridSnapshot(Overview(), _rows.ChangedAfter(since), _rows.Version) : null);

    public async Task<ExperimentSnapshot?> GetExperiment(string idOrName, CancellationToken cancellationToken)
    {
        int index = state.RecordExists ? IndexOf(idOrName) : -1;
        if (index < 0)
        {
            return null;
        }

        var assignment = Assignment(index);
        return await GrainFactory.GetGrain<IExperimentGrain>(GrainKeys.Experiment(assignment.ExperimentId)).GetSnapshot(cancellationToken)
            ?? NeverBegun(assignment);
    }

    public Task<QueuedGrid?> GetQueue(CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists
            ? new QueuedGrid(
                Definition.Name,
                Definition.Priority,
                Definition.MaxParallel,
                State.SubmittedAt,
                Ids(ExperimentStatus.Pending),
                Ids(ExperimentStatus.Running))
            : null);

    public Task<ExperimentAssignment?> GetAssignment(string experimentId, CancellationToken cancellationToken)
    {
        int index = state.RecordExists ? IndexOf(experimentId) : -1;
        return Task.FromResult(index < 0 ? null : Assignment(index));
    }

    public async Task Report(ExperimentRow row, CancellationToken cancellationToken)
    {
        Put(row);
        if (row.Status != ExperimentStatus.Running)
        {
            await Queue.Return(Definition.Name, row.Id, row.Status == ExperimentStatus.Pending, cancellationToken);
        }
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

        State.Definition = change.Merged;
        await Persist(cancellationToken);
        AddPendingRows();
        foreach (var some in Enumerable.Range(0, _rows.All.Count).Where(MayResume).ToList().Chunk(ResumedAtOnce))
        {
            await Task.WhenAll(some.Select(index => Resume(index, cancellationToken)));
        }
    }

    private bool MayResume(int index) =>
        _rows.All[index].Status == ExperimentStatus.Paused || _rows.All[index].Epochs != Definition.Experiments[index].Config.Training.Epochs;

    private async Task Resume(int index, CancellationToken cancellationToken)
    {
        var row = _rows.All[index] with { Epochs = Definition.Experiments[index].Config.Training.Epochs };
        if (row is { Status: ExperimentStatus.Pending, Silo: null })
        {
            // No slot has ever taken it: all there is of it is this row.
            _rows.Put(row);
            return;
        }

        await GrainFactory.GetGrain<IExperimentGrain>(GrainKeys.Experiment(row.Id)).Resume(Assignment(index), cancellationToken);
    }

    private async Task Persist(CancellationToken cancellationToken)
    {
        try
        {
            await state.WriteStateAsync(cancellationToken);
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
            var experiment = Definition.Experiments[index];
            _rows.Put(new ExperimentRow
            {
                Id = ExperimentId(index),
                Name = experiment.Name,
                Variant = experiment.Variant,
                Status = ExperimentStatus.Pending,
                Epochs = experiment.Config.Training.Epochs,
            });
        }
    }

    private void Put(ExperimentRow row)
    {
        if (_rows.Find(row.Id) is not null)
        {
            _rows.Put(row);
        }
    }

    private GridOverview Overview()
    {
        var rows = _rows.All;
        var status = GridStatuses.Of([.. rows.Select(row => row.Status)]);
        return new GridOverview
        {
            Id = State.Id,
            Name = Definition.Name,
            Status = status,
            SubmittedAt = State.SubmittedAt,
            CompletedAt = status is GridStatus.Running or GridStatus.Paused ? null : rows.Max(row => row.EndedAt),
            Dataset = Definition.Dataset,
            Experiments = rows.Count,
            Completed = rows.Count(row => row.Status == ExperimentStatus.Completed),
            Failed = rows.Count(row => row.Status == ExperimentStatus.Failed),
        };
    }

    private ImmutableArray<string> Ids(ExperimentStatus status) => [.. _rows.All.Where(row => row.Status == status).Select(row => row.Id)];

    private string ExperimentId(int index) => GrainKeys.ExperimentId(State.Id, index + 1);

    private int IndexOf(string idOrName)
    {
        for (int index = 0; index < _rows.All.Count; index++)
        {
            if (_rows.All[index].Id == idOrName || _rows.All[index].Name == idOrName)
            {
                return index;
            }
        }

        return -1;
    }

    private ExperimentAssignment Assignment(int index) => new()
    {
        ExperimentId = ExperimentId(index),
        GridName = Definition.Name,
        GridId = State.Id,
        Definition = Definition.Experiments[index],
        Dataset = Definition.Dataset,
        MaxAttempts = Definition.MaxAttempts,
    };

    private static ExperimentSnapshot NeverBegun(ExperimentAssignment assignment) => new()
    {
        Id = assignment.ExperimentId,
        Name = assignment.Definition.Name,
        Variant = assignment.Definition.Variant,
        Status = ExperimentStatus.Pending,
        Attempts = 0,
        Config = assignment.Definition.Config,
    };
}
