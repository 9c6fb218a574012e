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
    /// <summary>Shows a person what the silo does.</summary>
    /// <param name="storage">Where the silo keeps what it knows, in words.</param>
    public static void AddSiloConsole(this HostApplicationBuilder builder, Func<IServiceProvider, string> storage)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [.. UsualLevels.Configuration, new("Logging:Console:FormatterName", PlainFormatter.FormatterName)],
        });
        builder.Logging.AddConsoleFormatter<PlainFormatter, ConsoleFormatterOptions>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<SiloNews>(services, storage(services)));
    }
}
