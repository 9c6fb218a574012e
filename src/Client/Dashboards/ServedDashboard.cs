using System.Net.Sockets;
using Experiments.Clustering;
using Experiments.Dashboard;
using Experiments.Dashboard.Connection;
using Experiments.Dashboard.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Client.Dashboards;

/// <summary>The dashboard of a session's grains, served by this process.</summary>
internal sealed class ServedDashboard : IAsyncDisposable
{
    /// <summary>Whoever looks at a page is told by the end of its connection; nothing waits for them.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(2);

    private readonly WebApplication _host;

    private ServedDashboard(WebApplication host) => _host = host;

    /// <summary>Where it listens; the first address.</summary>
    public string Address => _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Where a grid is shown.</summary>
    public string AddressOf(string grid) => Address + Experiments.Dashboard.Shell.Address.Of(grid);

    /// <param name="log">Gets its warnings; null for nowhere.</param>
    /// <exception cref="UsageException">The address is in use, or not of this machine.</exception>
    public static async Task<ServedDashboard> Start(DashboardOptions options, IGrainFactory grains, ILoggerProvider? log, CancellationToken stop)
    {
        var host = DashboardHost.Build(options, builder =>
        {
            if (log is not null) builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<IClusterGrains>(new GivenGrains(grains));
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
            builder.Services.Configure<HostOptions>(hosting => hosting.ShutdownTimeout = TimeToStop);
        });
        try
        {
            await host.StartAsync(stop);
            return new ServedDashboard(host);
        }
        catch (Exception exception)
        {
            await host.DisposeAsync();
            // The server's own message names the address.
            if (exception is IOException or SocketException) throw new UsageException($"{exception.Message} Choose another with --urls.");
            throw;
        }
    }

    /// <summary>Beside a run: at the usual address, or at any free port where another process has that one.</summary>
    public static async Task<ServedDashboard> StartBeside(IGrainFactory grains, ILoggerProvider log, CancellationToken stop)
    {
        try
        {
            return await Start(DashboardOptions.Create(DashboardOptions.UsualUrl, allowedHosts: "", Access.Open), grains, log, stop);
        }
        catch (UsageException)
        {
            return await Start(DashboardOptions.Create("http://127.0.0.1:0", allowedHosts: "", Access.Open), grains, log, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }
}
