using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Scheduling;

internal sealed class QueueGrain(IExperimentStore store, IClusterMembershipService membership, ILogger<QueueGrain> logger) : Grain, IQueueGrain
{
    private static readonly TimeSpan LeaseCheckPeriod = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, WaitingGrid> _grids = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private long _turn;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var grid in await store.ListGridsAsync(cancellationToken))
        {
            await Read(grid.Name, cancellationToken);
        }

        this.RegisterGrainTimer(CheckLeases, new GrainTimerCreationOptions(TimeSpan.Zero, LeaseCheckPeriod) { Interleave = true, KeepAlive = true });
    }

    public async Task<ExperimentAssignment?> Take(SiloAddress silo, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(silo, new TaskCompletionSource<ExperimentAssignment>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiters.AddLast(waiter);
        Serve();
        try
        {
            return await waiter.Answer.Task.WaitAsync(patience, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Without this removal an experiment would be given to nobody; given in the same moment, it is this one's.
            return _waiters.Remove(waiter) ? null : await waiter.Answer.Task;
        }
    }

    public async Task Offer(string gridName, CancellationToken cancellationToken)
    {
        await Read(gridName, cancellationToken);
        Serve();
    }

    public async Task Return(string gridName, string experimentId, bool pending, CancellationToken cancellationToken)
    {
        if (_grids.TryGetValue(gridName, out var grid))
        {
            grid.Taken.Remove(experimentId);
        }

        if (pending)
        {
            await Read(gridName, cancellationToken);
        }

        Serve();
    }

    public async Task<ImmutableArray<GridName>> ListGrids(CancellationToken cancellationToken) =>
        [.. (await store.ListGridsAsync(cancellationToken)).Select(grid => new GridName(grid.Name, grid.Id))];

    private void Serve()
    {
        while (_waiters.First is { } waiter && QueueDecision.Next(_grids.Values) is { } grid)
        {
            _waiters.Remove(waiter);
            waiter.Value.Answer.SetResult(grid.Take(waiter.Value.Silo, ++_turn));
        }
    }

    private async Task Read(string gridName, CancellationToken cancellationToken)
    {
        if (await GrainFactory.GetGrain<IGridGrain>(GrainKeys.Grid(gridName)).GetQueue(cancellationToken) is not { } queued)
        {
            _grids.Remove(gridName);
            return;
        }

        if (!_grids.TryGetValue(gridName, out var grid))
        {
            _grids.Add(gridName, grid = new WaitingGrid(gridName));
        }

        grid.Read(queued);
    }

    /// <summary>An experiment's grain may have gone with the silo that trained it: nobody else would notice that its lease has ended.</summary>
    private async Task CheckLeases(CancellationToken cancellationToken)
    {
        var lost = _grids.Values
            .SelectMany(grid => grid.Taken, (grid, taken) => (Grid: grid.Name, Id: taken.Key, Silo: taken.Value))
            .Where(taken => taken.Silo is null || !membership.CurrentSnapshot.Members.TryGetValue(taken.Silo, out var member) || member.Status == SiloStatus.Dead)
            .ToList();
        foreach (var (grid, id, _) in lost)
        {
            try
            {
                await GrainFactory.GetGrain<IExperimentGrain>(GrainKeys.Experiment(id)).CheckLease(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.GridUnreachable(grid, exception.Message);
            }
        }
    }

    private sealed record Waiter(SiloAddress Silo, TaskCompletionSource<ExperimentAssignment> Answer);
}
