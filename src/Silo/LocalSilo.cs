using System.Net;
using System.Net.Sockets;
using Experiments.Clustering;
using Experiments.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Silo;

public static class LocalSilo
{
    /// <summary>Adds a silo of its own cluster, reached on the loopback address alone, with its training slots and storage.</summary>
    /// <param name="options">Where others are to join it, this process must be the one that is active on the storage.</param>
    public static LocalGateway AddLocalSilo(this IHostApplicationBuilder builder, LocalSiloOptions options)
    {
        var (siloPort, gatewayPort) = FreePorts();
        var gateway = new LocalGateway(gatewayPort, $"local-{Guid.NewGuid()}");
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort, gatewayPort, serviceId: Cluster.ServiceId, clusterId: gateway.ClusterId)
            .AddSqliteStorage(options.Storage.Database)
            .AddGrainCounts()
            .AddSlots(
                training => (training.Slots, training.ResumesGrids, training.CheckpointEvery) = (options.Slots, options.ResumesGrids, options.CheckpointEvery),
                options.DataFolder));
        if (options.AdmitsOthers)
        {
            builder.Services.AddHostedService(_ => new GatewayNotice(options.Storage, gateway, options.Slots));
        }

        return gateway;
    }

    private static (int Silo, int Gateway) FreePorts()
    {
        using var silo = new TcpListener(IPAddress.Loopback, 0);
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)gateway.LocalEndpoint).Port);
    }
}
