using System.Collections.Immutable;
using Experiments.Grains.Storage;
using Experiments.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Experiments.Grains.Scheduling;

internal sealed class QueueGrain(
    IExperimentStore store, ServedGrids served, IClusterMembershipService membership, TimeProvider time, ILogger<QueueGrain> logger) : Grain, IQueueGrain
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(2);

    /// <summary>How long a slot has for its way from the queue to the experiment, before the experiment is asked whether it came.</summary>
    private static readonly TimeSpan TimeToBegin = TimeSpan.FromSeconds(5);

    /// <summary>How often to look for grids that nobody has offered: they were moved into the storage, or whoever submitted them died before the offer.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, WaitingGrid> _grids = [];
    private readonly HashSet<string> _unread = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private long _turn;
    private long _looked;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await LookForGrids(cancellationToken);
        await ReadUnread(cancellationToken);
        this.RegisterGrainTimer(Check, new GrainTimerCreationOptions(TimeSpan.Zero, CheckPeriod) { Interleave = true, KeepAlive = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Instruments.QueueDepth.Record(0);
        return Task.CompletedTask;
    }

    public async Task<QueuedExperiment?> Take(SiloAddress silo, TimeSpan patience, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(silo);
        _waiters.AddLast(waiter);
        Serve();
        try
        {
            return await waiter.Answer.Task.WaitAsync(patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            if (_waiters.Remove(waiter))
            {
                return null;
            }
        }

        // Given in the same moment: the one who has waited too long takes it, the one who has gone does not.
        var given = await waiter.Answer.Task;
        if (!cancellationToken.IsCancellationRequested)
        {
            return given;
        }

        await Return(given.GridName, given.ExperimentId, pending: true, CancellationToken.None);
        return null;
    }

    public async Task Offer(string gridName, CancellationToken cancellationToken)
    {
        served.Add(gridName);
        await Read(gridName, cancellationToken);
        Serve();
    }

    public async Task Withdraw(string gridName, CancellationToken cancellationToken)
    {
        await Read(gridName, cancellationToken);
        Serve();
    }

    public async Task Return(string gridName, string experimentId, bool pending, CancellationToken cancellationToken)
    {
        _grids.GetValueOrDefault(gridName)?.Return(experimentId);
        if (pending)
        {
            await Read(gridName, cancellationToken);
        }

        Serve();
    }

    public Task Wake(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<ImmutableArray<GridName>> ListGrids(CancellationToken cancellationToken) =>
        [.. (await store.ListGridsAsync(cancellationToken)).Select(grid => new GridName(grid.Name, grid.Id, served.Contains(grid.Name)))];

    public Task<ImmutableArray<QueueEntry>> GetWaiting(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<QueueEntry>>(
        [.. QueueDecision.InOrder(Served()).Select(grid => new QueueEntry(grid.Name, grid.Priority, grid.Waiting, grid.Running, grid.MaxParallel))]);

    private IGridGrain Grid(string name) => GrainFactory.GetGrain<IGridGrain>(GrainKeys.Grid(name));

    private IEnumerable<WaitingGrid> Served() => _grids.Values.Where(grid => served.Contains(grid.Name));

    private void Serve()
    {
        while (_waiters.FirstOrDefault(IsNotLost) is { } waiter && QueueDecision.Next(Served()) is { } grid)
        {
            _waiters.Remove(waiter);
            waiter.Answer.SetResult(grid.Take(++_turn));
        }

        if (Instruments.QueueDepth.Enabled)
        {
            Instruments.QueueDepth.Record(Served().Sum(grid => grid.Waiting));
        }
    }

    private bool IsNotLost(Waiter waiter) => membership.CurrentSnapshot.GetSiloStatus(waiter.Silo) != SiloStatus.Dead;

    /// <summary>Asks the grid what waits. However many want it at once, as when thousands are resumed, a question that has not begun serves all.</summary>
    private async Task Read(string gridName, CancellationToken cancellationToken)
    {
        if (!_grids.TryGetValue(gridName, out var grid))
        {
            _grids.Add(gridName, grid = new WaitingGrid(gridName, time));
        }

        long wanted = ++grid.Wanted;
        await grid.Asking.WaitAsync(cancellationToken);
        try
        {
            if (grid.Answered >= wanted)
            {
                return;
            }

            long answered = grid.Wanted;
            if (await Grid(gridName).GetQueue(cancellationToken) is { } queued)
            {
                grid.Read(queued);
                _grids.TryAdd(gridName, grid);
            }
            else
            {
                _grids.Remove(gridName);
            }

            grid.Answered = answered;
        }
        finally
        {
            grid.Asking.Release();
        }
    }

    /// <returns>The names of those that the queue does not know.</returns>
    private async Task<ImmutableArray<string>> LookForGrids(CancellationToken cancellationToken)
    {
        _looked = time.GetTimestamp();
        ImmutableArray<string> unknown = [.. (await store.ListGridsAsync(cancellationToken)).Select(grid => grid.Name).Where(name => !_grids.ContainsKey(name))];
        _unread.UnionWith(unknown);
        return unknown;
    }

    /// <summary>A grid that cannot be read keeps no other from being trained; it is tried again.</summary>
    private Task ReadUnread(CancellationToken cancellationToken) => Task.WhenAll(_unread.ToList().Select(async name =>
    {
        try
        {
            await Read(name, cancellationToken);
            _unread.Remove(name);
        }
        catch (Exception exception) when (!exception.IsCancelledBy(cancellationToken))
        {
            logger.GridUnreachable(name, exception.Reason());
        }
    }));

    private async Task Check(CancellationToken cancellationToken)
    {
        await LookAgain(cancellationToken);
        await ReadUnread(cancellationToken);
        await Task.WhenAll(_grids.Values
            .SelectMany(grid => grid.TakenFor(TimeToBegin), (grid, id) => CheckLease(grid, id, cancellationToken))
            .ToList());
        Serve();
    }

    private async Task LookAgain(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_looked) < LookPeriod)
        {
            return;
        }

        try
        {
            // Where a grid knows nothing of itself, this asks in vain, and the next time it does know.
            foreach (string unknown in await LookForGrids(cancellationToken))
            {
                await Grid(unknown).LookAgain(cancellationToken);
            }
        }
        catch (Exception exception) when (!exception.IsCancelledBy(cancellationToken))
        {
            logger.GridsNotFound(exception.Message);
        }
    }

    /// <summary>
    /// A lease may end with the silo of its experiment's grain, which then nobody else would notice; a slot may die on its way to the
    /// experiment; and the word that an attempt has ended may be lost.
    /// </summary>
    private async Task CheckLease(WaitingGrid grid, string experimentId, CancellationToken cancellationToken)
    {
        try
        {
            if (!await GrainFactory.GetGrain<IExperimentGrain>(GrainKeys.Experiment(experimentId)).CheckLease(cancellationToken)
                && grid.TakenFor(TimeToBegin).Contains(experimentId))
            {
                await Return(grid.Name, experimentId, pending: true, cancellationToken);
            }
        }
        catch (Exception exception) when (!exception.IsCancelledBy(cancellationToken))
        {
            logger.LeaseUnchecked(experimentId, exception.Reason());
        }
    }

    /// <summary>A slot that waits for an experiment.</summary>
    private sealed class Waiter(SiloAddress silo)
    {
        public SiloAddress Silo => silo;

        public TaskCompletionSource<QueuedExperiment> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
