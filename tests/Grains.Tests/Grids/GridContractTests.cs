using System.Diagnostics;
using Experiments.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Grids;

/// <summary>What clients of the grid grain rely on, on a silo that trains nothing by itself.</summary>
public sealed class GridContractTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiveSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await LiveSilo.Start(_folder.Path, slots: 0);

    [Fact]
    public async Task AConflictTellsAClientEveryDifference()
    {
        using var client = await _silo.Connect();
        var grid = client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid"));
        await grid.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline")), Some.Token);

        var conflict = await Assert.ThrowsAsync<GridConflictException>(() =>
            grid.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("baseline", Some.Config(batchSize: 64, seed: 2))), Some.Token));

        Assert.Equal(["baseline: training.batchSize: 32 → 64", "baseline: training.seed: 1 → 2"], conflict.Differences);
        Assert.Contains("Give the changed grid another name", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(32, (await grid.GetExperiment("baseline", Some.Token))!.Config.Training.BatchSize);
    }

    [Fact]
    public void AWantOfSpaceIsKnownAsSuchOnAnotherSilo()
    {
        var serializer = _silo.Services.GetRequiredService<Orleans.Serialization.Serializer>();
        var wrapped = new InvalidOperationException("state", new StorageFullException("/data/experiments.db", new IOException("full")));

        var received = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(wrapped));

        Assert.Contains("/data/experiments.db", StorageErrors.StorageFull(received)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatDoesNotExistIsNull()
    {
        Assert.Null(await _silo.Grid("nowhere").GetDefinition(Some.Token));
        Assert.Null(await _silo.Grid("nowhere").GetSnapshot(0, Some.Token));
        Assert.Null(await _silo.Grid("nowhere").GetExperiment("baseline", Some.Token));
        Assert.Null(await _silo.Grid("nowhere").GetQueue(Some.Token));
        Assert.Null(await _silo.Grid("nowhere").GetAssignment("nothing-1", Some.Token));
        Assert.Null(await _silo.Experiment("nothing-1").StartAttempt("nowhere", _silo.ALiveSlot, Some.Token));
        Assert.Null(await _silo.Experiment("nothing-1").GetSnapshot(Some.Token));
        Assert.Null(await _silo.Experiment("nothing-1").GetWeights(best: true, Some.Token));
        Assert.Null(await _silo.Experiment("nothing-1").GetPredictions(Some.Token));
    }

    [Fact]
    public async Task AClientIsGivenWhatWasSubmittedWithWhatJoinedIt()
    {
        using var client = await _silo.Connect();
        var grid = client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid"));
        ExperimentDefinition one = Some.Experiment("one", Some.Config(epochs: 7, dropout: 0.3)), two = Some.Experiment("two");
        var submitted = Some.Grid("grid", Some.FashionMnist, one) with { Priority = 5, MaxParallel = 2, MaxAttempts = 9 };
        await grid.Submit(submitted, Some.Token);
        Assert.Equivalent(submitted, await grid.GetDefinition(Some.Token), strict: true);

        await grid.Submit(submitted with { Experiments = [two] }, Some.Token);

        Assert.Equivalent(submitted with { Experiments = [one, two] }, await grid.GetDefinition(Some.Token), strict: true);
    }

    [Fact]
    public async Task AReaderGetsOnlyTheRowsThatChanged()
    {
        await _silo.Submit(Some.Grid("grid", Some.FashionMnist, [.. Enumerable.Range(1, 5).Select(number => Some.Experiment($"e{number}"))]));
        var all = await _silo.Snapshot("grid");
        await _silo.Experiment(all.Experiments[2].Id).StartAttempt("grid", _silo.ALiveSlot, Some.Token);

        var changed = await _silo.Grid("grid").GetSnapshot(all.Version, Some.Token);

        Assert.Equal(5, all.Experiments.Length);
        Assert.All(all.Experiments, row => Assert.Equal((0, null), (row.Seconds, row.Last)));
        Assert.Equal([("e3", ExperimentStatus.Running)], changed!.Experiments.Select(row => (row.Name, row.Status)));
    }

    [Fact]
    public async Task GridsAreListedInTheOrderOfTheirSubmission()
    {
        string[] names = ["zebra", "0f", "f", "00F", "ant"];
        foreach (string name in names)
        {
            await _silo.Submit(Some.Grid(name, Some.FashionMnist, Some.Experiment($"of-{name}")));
        }

        Assert.Equal(names, (await _silo.Queue.ListGrids(Some.Token)).Select(grid => grid.Name));
        foreach (string name in names)
        {
            Assert.Equal($"of-{name}", (await _silo.Snapshot(name)).Experiments.Single().Name);
        }
    }

    [Fact]
    public async Task TenThousandExperimentsAreAcceptedInSecondsAndQueuedInASmallMessage()
    {
        var serializer = _silo.Services.GetRequiredService<Orleans.Serialization.Serializer>();
        var grid = Some.Grid("big", Some.FashionMnist, [.. Enumerable.Range(1, 10_000).Select(seed => Some.Experiment($"dropout-seed={seed}", Some.Config(seed: seed)))]);
        var clock = Stopwatch.StartNew();

        await _silo.Submit(grid);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(serializer.SerializeToArray(await _silo.Grid("big").GetQueue(Some.Token)).Length, 0, 300_000);
        Assert.Equal(10_000, (await _silo.Snapshot("big")).Experiments.Length);
        Assert.Equal("dropout-seed=1", (await _silo.Queue.Take(_silo.ALiveSlot.Silo, TimeSpan.Zero, Some.Token)) is { } taken
            ? (await _silo.Grid("big").GetExperiment(taken.ExperimentId, Some.Token))!.Name
            : null);
    }

    [Fact]
    public async Task TenThousandExperimentsThatNoSlotHasTakenAreExtendedInSeconds()
    {
        GridDefinition Grid(int epochs) => Some.Grid("big", Some.FashionMnist, [.. Enumerable.Range(1, 10_000).Select(seed => Some.Experiment($"e{seed}", Some.Config(epochs, seed: seed)))]);
        await _silo.Submit(Grid(epochs: 2));
        var clock = Stopwatch.StartNew();

        await _silo.Submit(Grid(epochs: 3));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.All((await _silo.Snapshot("big")).Experiments, row => Assert.Equal(3, row.Epochs));
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }
}
