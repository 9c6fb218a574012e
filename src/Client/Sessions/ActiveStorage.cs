using Experiments.Silo;

namespace Experiments.Client.Sessions;

/// <summary>One process at a time works on a storage; what only reads is done in a moment, and is waited for.</summary>
internal static class ActiveStorage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <returns>This process's right to the storage, or the other one that is active and can be asked through its gateway.</returns>
    /// <exception cref="UsageException">Another process is active and cannot be asked.</exception>
    public static async Task<(IDisposable? Own, ActiveProcess? Other)> Enter(LocalStorage storage, string activity, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Poll)
        {
            if (storage.TryActivate(activity) is { } active)
            {
                return (active, null);
            }

            if (storage.Active() is { Gateway: not null } other)
            {
                return (null, other);
            }

            await Task.Delay(Poll, stop);
        }

        throw new UsageException(StorageInUse.Message(storage));
    }

    /// <summary>Makes this process the active one.</summary>
    /// <exception cref="UsageException">Another process is active.</exception>
    public static async Task<IDisposable> Take(LocalStorage storage, string activity, CancellationToken stop) =>
        (await Enter(storage, activity, stop)).Own ?? throw new UsageException(StorageInUse.Message(storage));
}
