using Experiments.Silo;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Experiments.Benchmarks.Orchestration;

internal sealed class BenchedSqlite : BenchedStorage
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-orchestration-").FullName;
    private LocalGateway? _gateway;

    public override string Name => "SQLite";

    public override double MostPerExperiment => 8;

    public override double LeastReports => 700;

    public override void AddSilo(IHostApplicationBuilder builder, int slots) =>
        _gateway = builder.AddLocalSilo(new LocalSiloOptions { Storage = new LocalStorage(_folder), Slots = slots, AdmitsOthers = false });

    public override void Connect(IClientBuilder client) => _gateway!.Join(client);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
