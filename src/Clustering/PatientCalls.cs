using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace Experiments.Clustering;

/// <summary>
/// Asks again what was not answered: every call outlasts the death of a silo, or of the database until its return. All attempts at one call
/// are one question to those who answer it, see <see cref="RequestIdentity"/>.
/// </summary>
/// <param name="patience">How long to ask. A silo's death is noticed, and its grains are elsewhere, after some ten seconds.</param>
/// <param name="mayAnswer">Whether there is any hope of an answer.</param>
/// <param name="silence">What to tell the user where none came, and why.</param>
/// <param name="stop">Ends the asking.</param>
public sealed class PatientCalls(TimeSpan patience, Func<bool> mayAnswer, Func<string, string> silence, CancellationToken stop) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls of a cluster whose database finds its silos: any of them may answer, or one that starts.</summary>
    /// <inheritdoc cref="PatientCalls(TimeSpan, Func{bool}, Func{string, string}, CancellationToken)"/>
    public static PatientCalls OfCluster(TimeSpan patience, CancellationToken stop) => new(
        patience, () => true, reason => $"The cluster does not answer ({reason}). See that its silos and its database run, and try again.", stop);

    /// <exception cref="ClusterUnreachableException">There was no answer for too long.</exception>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsSystemTarget())
        {
            // A call of Orleans' own to one certain silo, whose client turns to another by itself.
            await context.Invoke();
            return;
        }

        RequestIdentity.Begin();
        for (long began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, stop))
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception exception) when (IsPassing(exception) || IsCancelledElsewhere(exception, context))
            {
                if (!mayAnswer() || TimeProvider.System.GetElapsedTime(began) >= patience)
                {
                    throw new ClusterUnreachableException(silence(exception.Message.ReplaceLineEndings(" ").TrimEnd('.')), exception);
                }
            }
        }
    }

    /// <summary>Whether a call failed since a silo or the database went away, or is too busy to answer: another silo may answer the same call.</summary>
    public static bool IsPassing(Exception exception) => exception
        is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException
        or TimeoutException or StorageUnavailableException or InconsistentStateException;

    /// <summary>A silo that was asking another where a grain is, when that one died, answers that its question was cancelled; nobody here has done so.</summary>
    private bool IsCancelledElsewhere(Exception exception, IOutgoingGrainCallContext context) =>
        exception is OperationCanceledException && !stop.IsCancellationRequested && !context.Request.GetCancellationToken().IsCancellationRequested;
}
