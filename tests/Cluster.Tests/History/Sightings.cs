using System.Collections.Concurrent;
using Npgsql;

namespace Experiments.Cluster.Tests.History;

/// <summary>
/// Looks at the committed epochs all the time and remembers them outside the database: what a dying server takes back with its own
/// audit trail was seen here.
/// </summary>
internal sealed class Sightings : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly string _database;
    private readonly ConcurrentDictionary<(string ExperimentId, EpochMetrics Metrics), DateTimeOffset> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _looking;

    /// <param name="database">Connection string of a database whose tables are there.</param>
    public Sightings(string database)
    {
        _database = database;
        _looking = Task.Run(Look);
    }

    /// <summary>Every epoch that was ever seen, with when it was seen first.</summary>
    public IReadOnlyDictionary<(string ExperimentId, EpochMetrics Metrics), DateTimeOffset> Seen => _seen;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    private async Task Look()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                foreach (var epoch in await AuditTrail.ReadEpochs(_database))
                {
                    _seen.TryAdd(epoch, DateTimeOffset.UtcNow);
                }
            }
            catch (NpgsqlException)
            {
                // The server is what some tests kill.
            }

            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
