using Orleans.Runtime.Messaging;

namespace Experiments.Grains;

internal static class CallFault
{
    /// <summary>Why a call failed, for people: what Orleans says of one that was not answered names its messages and our methods.</summary>
    public static string Reason(this Exception exception) => exception switch
    {
        SiloUnavailableException or ConnectionFailedException => "the silo that was asked is lost",
        OrleansMessageRejectionException => "the silo that was asked stops",
        TimeoutException => "there was no answer in time",
        _ => exception.Message,
    };

    /// <summary>Whether the caller has cancelled the call. One that Orleans loses on its way counts as cancelled too, and fails like any other.</summary>
    /// <param name="given">To the call.</param>
    public static bool IsCancelledBy(this Exception exception, CancellationToken given) => exception is OperationCanceledException && given.IsCancellationRequested;
}
