using Microsoft.Extensions.Logging;

namespace Experiments.Silo.Telling;

/// <summary>Levels of the log unless the user says otherwise: our own news, and the warnings and errors of others.</summary>
public static class UsualLevels
{
    private const string All = "";

    /// <summary>By the beginning of the category.</summary>
    public static IReadOnlyDictionary<string, LogLevel> ByCategory { get; } = new Dictionary<string, LogLevel>
    {
        [All] = LogLevel.Warning,
        // Advice on the garbage collector, and an alarm at each start that tells how long the machine is up.
        ["Orleans.Runtime.Silo"] = LogLevel.Error,
        ["Orleans.Runtime.Watchdog"] = LogLevel.Error,
        // What it does in any case when a silo starts or goes.
        ["Orleans.Runtime.GrainDirectory.GrainDirectoryPartition"] = LogLevel.Error,
        // Each sign of life that a silo misses, and each look at the members that fails: that a silo is lost, and the database away, we tell ourselves.
        ["Orleans.Runtime.MembershipService"] = LogLevel.Error,
        // That this silo was declared dead, with all of the members' table: the process ends with a sentence on that.
        ["Orleans.Runtime.MembershipService.MembershipTableManager"] = LogLevel.Critical,
        // Each call and connection that a lost silo leaves behind: whoever called tries again, and tells of it.
        ["Orleans.Runtime.CallbackData"] = LogLevel.Error,
        ["Orleans.Runtime.GrainCallCancellationManager"] = LogLevel.Critical,
        ["Orleans.Runtime.Messaging"] = LogLevel.Error,
        // Why it did not start, which a line on standard error tells.
        ["Microsoft.Extensions.Hosting.Internal.Host"] = LogLevel.Critical,
        // Each answer that it is not ready, which says why.
        ["Microsoft.Extensions.Diagnostics.HealthChecks"] = LogLevel.Critical,
        // Each attempt of Orleans' at what it tries again; where it gives up, that is an error.
        ["Polly"] = LogLevel.Error,
        ["Experiments"] = LogLevel.Information,
    };

    /// <summary>As the keys of a configuration.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Configuration => ByCategory.Select(
        level => KeyValuePair.Create($"Logging:LogLevel:{(level.Key == All ? "Default" : level.Key)}", (string?)level.Value.ToString()));

    /// <summary>For a host that has no configuration.</summary>
    public static void Apply(ILoggingBuilder logging)
    {
        foreach (var (category, level) in ByCategory)
        {
            logging.AddFilter(category, level);
        }
    }
}
