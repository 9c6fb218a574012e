namespace Experiments.Dashboard;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Joined the cluster.")]
    public static partial void Joined(this ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "{Reason}")]
    public static partial void NotJoined(this ILogger logger, string reason);
}
