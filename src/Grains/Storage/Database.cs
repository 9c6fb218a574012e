using System.Data.Common;
using System.Runtime.CompilerServices;
using Experiments.Grains.Telemetry;

namespace Experiments.Grains.Storage;

/// <summary>
/// Where the stores keep their rows. Callers wait without a thread; what a driver calls asynchronous may well block one. How long each of their
/// operations takes is measured under the name of the caller's method.
/// </summary>
/// <param name="explain">Turns a driver's error into one that names the storage and the remedy, or gives it back.</param>
/// <param name="reclaim">Gives some of the space that deleted rows have left back to the system; true while there is more.</param>
/// <param name="replaced">Is told of the bytes that have taken the place of others.</param>
/// <param name="size">Asks for the bytes of the whole database.</param>
/// <param name="writers">Connections that write at once.</param>
internal sealed class Database(
    DbDataSource source, Func<Exception, Exception> explain, Func<DbConnection, bool> reclaim, Action<long> replaced, string size, int writers) : IAsyncDisposable
{
    private readonly WriteQueue _writes = new(source, explain, writers);

    public Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        StorageTelemetry.Measure(operation, () => Task.Run(() => RunAsync(read, cancellationToken), cancellationToken));

    /// <inheritdoc cref="WriteQueue.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<DbConnection, T> write, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        StorageTelemetry.Measure(operation, async () =>
        {
            T result = default!;
            await _writes.WriteAsync(connection => result = write(connection), cancellationToken);
            return result;
        });

    /// <inheritdoc cref="WriteQueue.WriteAsync"/>
    public Task WriteAsync(Action<DbConnection> write, CancellationToken cancellationToken, [CallerMemberName] string operation = "") => WriteAsync<object?>(
        connection =>
        {
            write(connection);
            return null;
        },
        cancellationToken,
        operation);

    /// <summary>
    /// As <see cref="WriteAsync{T}"/>, in a transaction of its own: for what is so large that it gains nothing by sharing one, and for
    /// what others wait for by the row, so that no two wait for each other.
    /// </summary>
    public Task<T> WriteAloneAsync<T>(Func<DbConnection, T> write, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        StorageTelemetry.Measure(operation, async () =>
        {
            T result = default!;
            await _writes.RunAloneAsync(async () =>
            {
                result = await RunAsync(
                    connection =>
                    {
                        using var transaction = connection.BeginTransaction();
                        var written = write(connection);
                        transaction.Commit();
                        return written;
                    },
                    cancellationToken);
            });
            return result;
        });

    /// <inheritdoc cref="WriteQueue.RunAloneAsync"/>
    public Task RunAloneAsync(Func<Task> write) => _writes.RunAloneAsync(write);

    public void TellReplaced(long bytes) => replaced(bytes);

    public Task<long> MeasureAsync(CancellationToken cancellationToken) => ReadAsync(connection => connection.Scalar<long>(size), cancellationToken);

    public async Task ReclaimSpaceAsync(CancellationToken cancellationToken)
    {
        while (await WriteAsync(reclaim, cancellationToken))
        {
        }
    }

    public ValueTask DisposeAsync() => _writes.DisposeAsync();

    private async Task<T> RunAsync<T>(Func<DbConnection, T> run, CancellationToken cancellationToken)
    {
        T result = default!;
        await Explained.RunAsync(
            async () =>
            {
                // No thread waits for a connection: those that have one may need it to go on and give it back.
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                result = run(connection);
            },
            explain);
        return result;
    }
}
