using System.Net;
using Experiments.Clustering;
using Experiments.Processes;
using Experiments.Silo;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>A server with its own settings, which waits for the disk at each commit.</summary>
internal sealed class BenchedPostgres : BenchedStorage
{
    private readonly PrivatePostgres _server;
    private readonly string _database;
    private SiloPorts? _ports;

    private BenchedPostgres(PrivatePostgres server, string database) => (_server, _database) = (server, database);

    public static async Task<BenchedPostgres> Start()
    {
        var server = await PrivatePostgres.Start(durable: true);
        return new BenchedPostgres(server, await server.CreateDatabase());
    }

    public override string Name => "PostgreSQL";

    public override double MostPerExperiment => 5;

    public override double LeastReports => 1_000;

    public override void AddSilo(IHostApplicationBuilder builder, int slots)
    {
        _ports = SiloPorts.Take(IPAddress.Loopback, silo: null, gateway: null);
        builder.AddClusterSilo(new ClusterSiloOptions { ConnectionString = _database, Slots = slots, SiloPort = _ports.Silo, GatewayPort = _ports.Gateway });
    }

    public override void Connect(IClientBuilder client) => client.JoinCluster(_database);

    public override async ValueTask DisposeAsync()
    {
        _ports?.Dispose();
        await _server.DisposeAsync();
    }
}
