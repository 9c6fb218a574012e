using System.Net;
using Microsoft.Extensions.Logging;

namespace Experiments.Silo.Telling;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Address} starts: slots {Slots}, gateway {Gateway}, storage {Storage}.")]
    public static partial void SiloStarts(this ILogger logger, IPEndPoint address, int slots, IPEndPoint gateway, string storage);

    [LoggerMessage(2, LogLevel.Information, "The silo is up. Ctrl-C or SIGTERM stops it at the next batch, with a checkpoint of all that it trains.")]
    public static partial void SiloIsUp(this ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "The silo stops: each experiment writes a checkpoint.")]
    public static partial void SiloStops(this ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "The silo has stopped.")]
    public static partial void SiloHasStopped(this ILogger logger);

    [LoggerMessage(5, LogLevel.Information, "Silo {Silo} has joined the cluster. Silos now: {Silos}.")]
    public static partial void SiloJoined(this ILogger logger, string silo, int silos);

    [LoggerMessage(6, LogLevel.Information, "Silo {Silo} has left the cluster. Silos now: {Silos}.")]
    public static partial void SiloLeft(this ILogger logger, string silo, int silos);

    [LoggerMessage(7, LogLevel.Warning, "Silo {Silo} is lost: what it trained goes on elsewhere. Silos now: {Silos}.")]
    public static partial void SiloLost(this ILogger logger, string silo, int silos);

    [LoggerMessage(8, LogLevel.Warning, "The database does not answer, and is asked again: {Reason}")]
    public static partial void DatabaseDoesNotAnswer(this ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Information, "The database answers again, after {Seconds:N0} s.")]
    public static partial void DatabaseAnswers(this ILogger logger, double seconds);
}
