using Experiments.Clustering;
using Experiments.Processes;
using Experiments.Silo;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Experiments.Benchmarks.Clusters;

/// <summary>Silos in processes of their own, with the settings that are shipped, on a PostgreSQL with its own.</summary>
internal sealed class BenchedCluster : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-cluster-").FullName;
    private readonly Dictionary<int, SiloProcess> _silos = [];
    private readonly PrivatePostgres _server;
    private readonly IHost _client;

    private BenchedCluster(PrivatePostgres server, string database)
    {
        (_server, Database) = (server, database);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client => client.JoinCluster(database));
        _client = builder.Build();
    }

    /// <summary>Its connection string.</summary>
    public string Database { get; }

    /// <param name="slots">Of each silo.</param>
    public static Task<BenchedCluster> Start(params int[] slots) => Start(variables: [], slots);

    /// <inheritdoc cref="Start(int[])"/>
    /// <param name="variables">Of each silo's environment.</param>
    public static async Task<BenchedCluster> Start((string Name, string Value)[] variables, params int[] slots)
    {
        var server = await PrivatePostgres.Start(durable: true);
        var cluster = new BenchedCluster(server, await server.CreateDatabase());
        foreach (int some in slots)
        {
            int port = FreePort.Next();
            cluster._silos.Add(port, await SiloProcess.Start(cluster._folder, cluster.Database, variables, "--slots", $"{some}", "--silo-port", $"{port}"));
        }

        await cluster._client.StartAsync();
        return cluster;
    }

    public IGridGrain Grid(string name) => _client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid(name));

    public async Task Submit(GridDefinition grid)
    {
        var dataset = await new DatasetLoader(new DatasetOptions()).LoadAsync(grid.Dataset, progress: null, CancellationToken.None);
        await Grid(grid.Name).Submit(grid with { Dataset = grid.Dataset with { Sha256 = dataset.Sha256, TrainImages = dataset.Train.Count } }, CancellationToken.None);
    }

    /// <summary>Looks at the rows of a grid until they are as they should be.</summary>
    public async Task<IReadOnlyList<ExperimentRow>> Until(string grid, Func<IReadOnlyList<ExperimentRow>, bool> reached)
    {
        while (true)
        {
            try
            {
                var rows = (await Grid(grid).GetSnapshot(since: 0, CancellationToken.None))!.Experiments;
                if (reached(rows)) return rows;
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // The gateway, or the silo of the grid, is the one that was killed.
            }

            await Task.Delay(Glance);
        }
    }

    /// <summary>kill -9 of the silo that is at this address.</summary>
    public Task Kill(string address) => _silos.Single(silo => address.Contains($":{silo.Key}@", StringComparison.Ordinal)).Value.Kill();

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
        foreach (var silo in _silos.Values)
        {
            await silo.DisposeAsync();
        }

        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
