using Experiments.Grains.Storage;
using Experiments.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;

namespace Experiments.Grains.Tests.Storage;

/// <summary>A silo with nothing but a storage.</summary>
public sealed class StorageSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private StorageSilo(IHost host) => _host = host;

    public IExperimentStore Experiments => _host.Services.GetRequiredService<IExperimentStore>();

    public ICheckpointStore Checkpoints => _host.Services.GetRequiredService<ICheckpointStore>();

    public IDatasetStore Datasets => _host.Services.GetRequiredService<IDatasetStore>();

    public IGrainStorage GrainState => _host.Services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);

    internal Database Database => _host.Services.GetRequiredService<Database>();

    public static async Task<StorageSilo> Start(Action<ISiloBuilder> addStorage)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(serviceId: "experiments", clusterId: "local");
            // Nobody is to find it: the ports are whatever is free.
            silo.Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (FreePort.Next(), FreePort.Next()));
            addStorage(silo);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync(Some.Token);
            return new StorageSilo(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
