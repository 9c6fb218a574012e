using Experiments.Clustering;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Client.Sessions;

/// <summary>Joins a cluster through its database, where its silos leave word of their gateways.</summary>
internal static class ClusterSession
{
    /// <summary>The word of a silo that was killed stands for a while, and another gateway is tried then.</summary>
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="ClusterUnreachableException">The database cannot be reached or used, or no silo answers.</exception>
    public static async Task<Session> Open(string cluster, CancellationToken stop)
    {
        int failed = 0;
        Session? session = null;
        try
        {
            session = SessionHost.OfClient(cluster, async (exception, cancellation) =>
            {
                await Task.Delay(Pause, cancellation);
                return ++failed < Attempts && Explain(session!, exception) is not StorageUnavailableException;
            }, stop);
            await session.Start(stop);
            return session;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var explained = session is null ? exception : Explain(session, exception);
            if (session is not null)
            {
                await session.DisposeAsync();
            }

            throw new ClusterUnreachableException(Cluster.WhyNotJoined(explained), exception);
        }
    }

    private static Exception Explain(Session session, Exception exception) => session.Services.GetRequiredService<PostgresServer>().Explain(exception);
}
