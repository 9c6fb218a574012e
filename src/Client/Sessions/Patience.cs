using Experiments.Grains.Storage;
using Orleans.Runtime.Messaging;

namespace Experiments.Client.Sessions;

/// <summary>For questions that may be asked again: they outlast the death of a silo, or of the database until its return.</summary>
internal static class Patience
{
    /// <summary>A silo's death is noticed, and its grains are elsewhere, long before.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks again until there is an answer, or a fault that does not pass.</summary>
    public static async Task<T> Ask<T>(Func<Task<T>> question, CancellationToken stop)
    {
        for (long began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, stop))
        {
            try
            {
                return await question();
            }
            catch (Exception exception) when ((IsPassing(exception) || exception is StorageUnavailableException) && TimeProvider.System.GetElapsedTime(began) < Longest)
            {
            }
        }
    }

    /// <summary>Whether a call failed since a silo went away or is too busy to answer: another one may answer the same call.</summary>
    public static bool IsPassing(Exception exception) =>
        exception is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or TimeoutException;
}
