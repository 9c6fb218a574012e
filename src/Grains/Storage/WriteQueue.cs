using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace Experiments.Grains.Storage;

/// <summary>
/// Commits writes in groups: all that wait go into one transaction, since a commit costs more than what it holds.
/// Where one of them fails, the group is rolled back and each is committed by itself, so that none pays for another; all fail together
/// only where the storage is not to be had.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MostInAGroup = 256;

    /// <summary>A small write is not kept waiting for the checkpoints behind it.</summary>
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Write> _waiting = Channel.CreateUnbounded<Write>();
    private readonly SemaphoreSlim _turns;
    private readonly DbDataSource _source;
    private readonly Func<Exception, Exception> _explain;
    private readonly Task _committing;

    /// <param name="connections">Groups under way at once: one where the storage has a single writer.</param>
    public WriteQueue(DbDataSource source, Func<Exception, Exception> explain, int connections)
    {
        _source = source;
        _explain = explain;
        _turns = new SemaphoreSlim(connections);
        _committing = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(CommitAsync)));
    }

    /// <summary>Runs a write in a transaction and returns once that is committed.</summary>
    /// <param name="write">Must be free of other effects: it is run again, in a transaction of its own, after another of its group has failed.</param>
    /// <param name="cancellationToken">Withdraws a write that waits; one that has begun is finished.</param>
    public async Task WriteAsync(Action<DbConnection> write, CancellationToken cancellationToken)
    {
        var waiting = new Write(write, cancellationToken);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(waiting), this);
        await waiting.Committed.Task;
    }

    /// <summary>Runs, off the caller's scheduler, a write that has a connection of its own, in place of a group.</summary>
    public async Task RunAloneAsync(Func<Task> write)
    {
        await _turns.WaitAsync();
        try
        {
            await Task.Run(write);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Commits what waits and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _committing;
        _turns.Dispose();
    }

    private async Task CommitAsync()
    {
        await foreach (var first in _waiting.Reader.ReadAllAsync())
        {
            if (first.IsWithdrawn()) continue;

            await _turns.WaitAsync();
            await CommitAsync(first, Waiting());
            _turns.Release();
        }
    }

    private async Task CommitAsync(Write first, IEnumerable<Write> others)
    {
        List<Write> group = [first];
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            using var transaction = connection.BeginTransaction();
            first.Run(connection);
            foreach (var write in others)
            {
                group.Add(write);
                write.Run(connection);
            }

            transaction.Commit();
        }
        catch (Exception exception)
        {
            var explained = _explain(exception);
            if (group.Count == 1 || explained is StorageUnavailableException)
            {
                // Where there is no storage, each by itself would wait for the same error in turn.
                group.ForEach(write => write.Committed.SetException(explained));
                return;
            }

            foreach (var write in group)
            {
                await CommitAsync(write, []);
            }

            return;
        }

        group.ForEach(write => write.Committed.SetResult());
    }

    private IEnumerable<Write> Waiting()
    {
        long begun = Stopwatch.GetTimestamp();
        for (int taken = 1; taken < MostInAGroup && Stopwatch.GetElapsedTime(begun) < LongestGroup && _waiting.Reader.TryRead(out var write); taken++)
        {
            if (!write.IsWithdrawn()) yield return write;
        }
    }

    private sealed record Write(Action<DbConnection> Run, CancellationToken Cancellation)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsWithdrawn() => Cancellation.IsCancellationRequested && Committed.TrySetCanceled(Cancellation);
    }
}
