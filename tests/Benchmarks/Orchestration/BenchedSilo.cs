using System.Globalization;
using Experiments.Grains.Execution;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.Benchmarks.Orchestration;

/// <summary>A silo as users run it, whose slots train or run a <see cref="Workload"/>, and a client that reaches it over the network.</summary>
internal sealed class BenchedSilo : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly IHost _silo;
    private readonly IHost _client;
    private readonly DatasetReference _dataset;

    private BenchedSilo(string folder, IHost silo, IHost client, DatasetReference dataset) =>
        (_folder, _silo, _client, _dataset) = (folder, silo, client, dataset);

    /// <summary>What the slots run, unless they train.</summary>
    public required Workload Workload { get; init; }

    public IServiceProvider Services => _silo.Services;

    /// <param name="trains">Whether the slots train what is submitted; else they run the <see cref="Workload"/>.</param>
    public static async Task<BenchedSilo> Start(BenchedStorage storage, int slots, bool trains = false)
    {
        string folder = Directory.CreateTempSubdirectory("experiments-orchestration-").FullName;
        var workload = new Workload();
        var builder = Builder();
        storage.AddSilo(builder, slots);
        if (!trains)
        {
            builder.Services.AddSingleton<TrainingLoop>(workload.Run);
        }

        var silo = builder.Build();
        await silo.StartAsync();

        builder = Builder();
        builder.UseOrleansClient(storage.Connect);
        var client = builder.Build();
        await client.StartAsync();
        return new BenchedSilo(folder, silo, client, await WriteDataset(folder)) { Workload = workload };
    }

    public IQueueGrain Queue => Client.GetGrain<IQueueGrain>(GrainKeys.Queue);

    public IHistoriesGrain Histories => Client.GetGrain<IHistoriesGrain>(0);

    private IClusterClient Client => _client.Services.GetRequiredService<IClusterClient>();

    public IGridGrain Grid(string name) => Client.GetGrain<IGridGrain>(GrainKeys.Grid(name));

    public Task Submit(string name, int experiments, int epochs)
    {
        var variants = Enumerable.Range(1, experiments).Select(seed => new ExperimentDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"dropout-seed={seed}"),
            Variant = "dropout",
            Config = new ExperimentConfig { Training = new TrainingConfig { Epochs = epochs, BatchSize = 1, Seed = seed } },
        });
        return Grid(name).Submit(new GridDefinition { Name = name, Dataset = _dataset, Experiments = [.. variants] }, CancellationToken.None);
    }

    /// <param name="experiments">Each by its number, from 1.</param>
    public Task Submit(string name, DatasetReference dataset, IEnumerable<ExperimentConfig> experiments)
    {
        var variants = experiments.Select((config, index) => new ExperimentDefinition { Name = $"experiment-{index + 1}", Variant = $"experiment-{index + 1}", Config = config });
        return Grid(name).Submit(new GridDefinition { Name = name, Dataset = dataset, Experiments = [.. variants] }, CancellationToken.None);
    }

    /// <param name="seen">Told every now and then how many have completed.</param>
    public async Task UntilCompleted(string name, Action<int>? seen = null)
    {
        var snapshot = (await Grid(name).GetSnapshot(since: 0, CancellationToken.None))!;
        while (snapshot.Grid.Status == GridStatus.Running)
        {
            await Task.Delay(Glance);
            snapshot = (await Grid(name).GetSnapshot(snapshot.Version, CancellationToken.None))!;
            seen?.Invoke(snapshot.Grid.Completed);
        }

        if (snapshot.Grid.Status != GridStatus.Completed)
        {
            throw new InvalidOperationException($"The grid did not complete: {snapshot.Grid}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        await _silo.StopAsync();
        _client.Dispose();
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error);
        return builder;
    }

    /// <summary>Ten grey images, one of each class, to train and to test on.</summary>
    private static async Task<DatasetReference> WriteDataset(string folder)
    {
        const int Pixels = 28 * 28, Classes = 10;
        string csv = Path.Combine(folder, "images.csv");
        await File.WriteAllLinesAsync(csv, Enumerable.Range(-1, Classes + 1)
            .Select(label => string.Join(',', Enumerable.Repeat(label < 0 ? "x" : $"{label}", Pixels + 1))));
        var files = new ImageFiles { Csv = csv };
        var reference = new DatasetReference
        {
            Name = "ten-images",
            Files = new DatasetFiles { Classes = [.. Enumerable.Range(0, Classes).Select(label => $"class {label}")], Train = files, Test = files },
        };
        var dataset = await new DatasetLoader(new DatasetOptions()).LoadAsync(reference, progress: null, CancellationToken.None);
        return reference with { Sha256 = dataset.Sha256, TrainImages = dataset.Train.Count };
    }
}
