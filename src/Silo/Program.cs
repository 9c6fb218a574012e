using System.Net;
using Experiments.Grains.Storage;
using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Telemetry;
using Experiments.Silo;
using Experiments.Silo.Health;
using Experiments.Silo.Telling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

try
{
    SiloSettings.RefuseUnknown(args);
    var builder = Host.CreateApplicationBuilder(args);
    builder.Configuration.AddInMemoryCollection(SiloSettings.Variables()).AddCommandLine(args);
    var settings = new SiloSettings(builder.Configuration);
    AddOperation(builder, settings);
    return settings.Cluster is { } cluster ? await RunInCluster(builder, settings, cluster) : await RunLocally(builder, settings);
}
catch (Exception exception) when (StartFault.Message(exception) is { } message)
{
    return Refuse(message);
}

static async Task<int> RunInCluster(HostApplicationBuilder builder, SiloSettings settings, string cluster)
{
    using var ports = SiloPorts.Take(settings.Address, settings.SiloPort, settings.GatewayPort, settings.HttpPort);
    builder.AddClusterSilo(new ClusterSiloOptions
    {
        ConnectionString = cluster,
        Slots = settings.Slots,
        CheckpointEvery = settings.CheckpointEvery,
        Address = settings.Address,
        SiloPort = ports.Silo,
        GatewayPort = ports.Gateway,
        DataFolder = settings.DataFolder,
    });
    builder.AddSiloConsole(services => services.PostgresPlace());
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}

static async Task<int> RunLocally(HostApplicationBuilder builder, SiloSettings settings)
{
    var storage = LocalStorage.At(settings.Storage);
    using var active = storage.TryActivate("silo");
    if (active is null)
    {
        return Refuse(StorageInUse.Message(storage));
    }

    builder.AddLocalSilo(new LocalSiloOptions
    {
        Storage = storage,
        Slots = settings.Slots,
        CheckpointEvery = settings.CheckpointEvery,
        DataFolder = settings.DataFolder,
    });
    builder.AddSiloConsole(_ => storage.Folder);
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}

static void AddOperation(HostApplicationBuilder builder, SiloSettings settings)
{
    if (builder.AddTelemetry("experiments-silo", isScraped: settings.HttpPort is not null))
    {
        builder.UseOrleans(silo => silo.AddActivityPropagation());
    }

    if (settings.HttpPort is { } port)
    {
        builder.Services.AddProbeServer(new IPEndPoint(settings.Address, port));
        builder.Services.AddSiloHealth();
    }
}

static int Refuse(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
