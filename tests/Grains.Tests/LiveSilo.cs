using Experiments.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Experiments.Grains.Tests;

/// <summary>The silo that users run, in this process, with its storage in a folder.</summary>
internal sealed class LiveSilo : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly IHost _host;
    private readonly LocalGateway _gateway;

    private LiveSilo(IHost host, LocalGateway gateway) => (_host, _gateway) = (host, gateway);

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IQueueGrain Queue => Grains.GetGrain<IQueueGrain>(GrainKeys.Queue);

    /// <summary>Of a silo that had this one's address before, and so is known to be dead.</summary>
    public SlotIdentity SlotOfItsPredecessor => ALiveSlot with { Silo = SiloAddress.New(ALiveSlot.Silo.Endpoint, ALiveSlot.Silo.Generation - 1) };

    public SlotIdentity ALiveSlot => new(Services.GetRequiredService<ILocalSiloDetails>().SiloAddress, Some.Environment);

    public static async Task<LiveSilo> Start(string folder, int slots, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var gateway = builder.AddLocalSilo(new LocalSiloOptions { Storage = new LocalStorage(folder), Slots = slots, AdmitsOthers = false });
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(Some.Token);
        return new LiveSilo(host, gateway);
    }

    public IGridGrain Grid(string name) => Grains.GetGrain<IGridGrain>(GrainKeys.Grid(name));

    /// <summary>The id that holds a grid's name.</summary>
    public async Task<string> IdOf(string grid) => (await Queue.ListGrids(Some.Token)).Single(registered => registered.Name == grid).Id;

    public IExperimentGrain Experiment(string id) => Grains.GetGrain<IExperimentGrain>(GrainKeys.Experiment(id));

    public Task<SubmitResult> Submit(GridDefinition grid) => Grid(grid.Name).Submit(grid, Some.Token);

    public async Task<GridSnapshot> Snapshot(string grid) => (await Grid(grid).GetSnapshot(0, Some.Token))!;

    /// <summary>The grid once something is so; the test fails where it does not come to be.</summary>
    public async Task<GridSnapshot> Until(string grid, Func<GridSnapshot, bool> so)
    {
        var snapshot = await Snapshot(grid);
        await Until(grid, async () => so(snapshot = await Snapshot(grid)));
        return snapshot;
    }

    /// <inheritdoc cref="Until(string, Func{GridSnapshot, bool})"/>
    public async Task Until(string grid, Func<Task<bool>> so)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await so())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                var snapshot = await Snapshot(grid);
                Assert.Fail($"Waited in vain: {snapshot.Grid} {string.Join(' ', snapshot.Experiments)}");
            }

            await Task.Delay(10, Some.Token);
        }
    }

    public Task<GridSnapshot> UntilCompleted(string grid) => Until(grid, snapshot => snapshot.Grid.Status == GridStatus.Completed);

    /// <summary>All that is known of each experiment of a grid.</summary>
    public async Task<ExperimentSnapshot[]> Results(string grid) =>
        await Task.WhenAll((await Snapshot(grid)).Experiments.Select(async row => (await Grid(grid).GetExperiment(row.Id, Some.Token))!));

    public async Task<ExperimentSnapshot[]> Train(GridDefinition grid)
    {
        await Submit(grid);
        await UntilCompleted(grid.Name);
        return await Results(grid.Name);
    }

    /// <summary>A client of the cluster, as the command line and the dashboard are: all that it hears has been serialised.</summary>
    /// <param name="filter">Of its calls.</param>
    public async Task<IHost> Connect(IOutgoingGrainCallFilter? filter = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(_gateway.Join);
        if (filter is not null)
        {
            builder.Services.AddSingleton(filter);
        }

        var host = builder.Build();
        await host.StartAsync(Some.Token);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
