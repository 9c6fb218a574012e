using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Experiments.Silo.Telling;

internal static class SiloConsole
{
    /// <summary>Levels and form as they are unless the configuration says otherwise: our own news, and the warnings and errors of others.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Warning),
        // Advice on the garbage collector, and an alarm at each start that tells how long the machine is up.
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = nameof(LogLevel.Error),
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = nameof(LogLevel.Error),
        // What it does in any case when a silo starts or goes.
        ["Logging:LogLevel:Orleans.Runtime.GrainDirectory.GrainDirectoryPartition"] = nameof(LogLevel.Error),
        // Each attempt of Orleans' at what it tries again; where it gives up, that is an error.
        ["Logging:LogLevel:Polly"] = nameof(LogLevel.Error),
        ["Logging:LogLevel:Experiments"] = nameof(LogLevel.Information),
        ["Logging:Console:FormatterName"] = PlainFormatter.FormatterName,
    };

    /// <summary>Shows a person what the silo does.</summary>
    /// <param name="storage">Where the silo keeps what it knows, in words.</param>
    public static void AddSiloConsole(this HostApplicationBuilder builder, Func<IServiceProvider, string> storage)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.AddConsoleFormatter<PlainFormatter, ConsoleFormatterOptions>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<SiloNews>(services, storage(services)));
    }
}
