using Experiments.Clustering;
using Experiments.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.Client.Sessions;

/// <summary>A way to the grains of a storage, for as long as it is not disposed of.</summary>
/// <param name="active">This process's right to the storage; null where another one has it.</param>
/// <param name="trains">Whether what is submitted is trained, by whichever process.</param>
internal sealed class Session(IHost host, IDisposable? active, bool trains) : IAsyncDisposable
{
    private bool _started;

    /// <summary>Whether what is submitted is trained while this session lasts.</summary>
    public bool Trains => trains;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => host.Services;

    /// <summary>
    /// Reads and changes what is stored, and trains nothing in this process: through the process that is active on the storage, else
    /// through a silo of its own.
    /// </summary>
    /// <param name="lasts">Whether it is open for long, so that other processes are to join it meanwhile.</param>
    /// <exception cref="UsageException">Another process keeps the storage to itself.</exception>
    /// <exception cref="ClusterUnreachableException">The active process does not answer.</exception>
    public static async Task<Session> Open(LocalStorage storage, string activity, bool lasts, CancellationToken stop)
    {
        var (active, other) = await ActiveStorage.Enter(storage, activity, stop);
        if (active is not null)
        {
            return await Started(SessionHost.WithSilo(storage, active, slots: 0, admitsOthers: lasts), stop);
        }

        try
        {
            return await Started(SessionHost.OfClient(storage, other!, stop), stop);
        }
        catch (Exception exception) when (PatientCalls.IsPassing(exception))
        {
            // It may have ended between its word and the call: then the storage is there to be read.
            return storage.IsActive(other!)
                ? throw new ClusterUnreachableException(SessionHost.Silence(storage, other!, exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception)
                : await Open(storage, activity, lasts, stop);
        }
    }

    /// <inheritdoc cref="Open(LocalStorage, string, bool, CancellationToken)"/>
    public static Task<Session> Open(Target target, string activity, CancellationToken stop) => Open(target, activity, lasts: false, stop);

    /// <inheritdoc cref="Open(LocalStorage, string, bool, CancellationToken)"/>
    public static async Task<Session> Open(Target target, string activity, bool lasts, CancellationToken stop) =>
        target.Storage is { } storage ? await Open(storage, activity, lasts, stop) : await ClusterSession.Open(target.Cluster!, stop);

    public async Task Start(CancellationToken stop)
    {
        await host.StartAsync(stop);
        _started = true;
    }

    public async ValueTask DisposeAsync()
    {
        // A silo that has not come up cannot be stopped.
        if (_started)
        {
            await host.StopAsync(CancellationToken.None);
        }

        await ((IAsyncDisposable)host).DisposeAsync();
        active?.Dispose();
    }

    private static async Task<Session> Started(Session session, CancellationToken stop)
    {
        try
        {
            await session.Start(stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
