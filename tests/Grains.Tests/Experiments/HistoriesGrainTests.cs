using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Experiments.Grains.Tests.Experiments;

/// <summary>Histories as a client of the cluster reads them.</summary>
public sealed class HistoriesGrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task AClientReadsCommittedEpochsOfSeveralExperimentsInOneCall()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("begun"), Some.Experiment("waits", Some.Config(seed: 2))));
        string[] ids = [.. (await silo.Snapshot("grid")).Experiments.Select(row => row.Id)];
        long lease = (await silo.Experiment(ids[0]).StartAttempt("grid", silo.ALiveSlot, Some.Token))!.Number;
        await silo.Experiment(ids[0]).CommitEpoch(lease, Some.Epoch(1), Some.Token);
        await silo.Experiment(ids[0]).CommitEpoch(lease, Some.Epoch(2), Some.Token);
        using var client = await silo.Connect();
        var histories = client.Services.GetRequiredService<IClusterClient>().GetGrain<IHistoriesGrain>(0);

        var all = await histories.Read([new(ids[1], 0), new(ids[0], 0)], Some.Token);
        var news = await histories.Read([new(ids[0], 1)], Some.Token);

        Assert.Empty(all[0].Epoch);
        Assert.Empty(all[0].Seconds);
        Assert.Equal([Some.Epoch(1).TrainLoss, Some.Epoch(2).TrainLoss], all[1].TrainLoss);
        Assert.Equal([Some.Epoch(2).ValidationAccuracy], news.Single().ValidationAccuracy);
    }

    [Fact]
    public async Task MoreThanAThousandAtOnceAreRefusedWithTheLimit()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        using var client = await silo.Connect();
        var histories = client.Services.GetRequiredService<IClusterClient>().GetGrain<IHistoriesGrain>(0);
        HistoryRequest[] requests = [.. Enumerable.Range(1, Histories.MostExperiments + 1).Select(number => new HistoryRequest($"none-{number}", 0))];

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => histories.Read([.. requests], Some.Token));

        Assert.StartsWith("1001 histories were asked for at once: ask for at most 1000.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1000, (await histories.Read([.. requests.Skip(1)], Some.Token)).Length);
    }

    [Fact]
    public async Task AnEpochTakesFewBytesOnTheWire()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        double[] numbers = [.. Enumerable.Range(1, 1000).Select(number => 1.0 / number)];
        var columns = new EpochColumns("it", [.. Enumerable.Range(1, 1000)], [.. numbers], [.. numbers], [.. numbers], [.. numbers], [.. numbers]);

        byte[] bytes = silo.Services.GetRequiredService<Serializer>().SerializeToArray(columns);

        Assert.InRange(bytes.Length, 44 * 1000, 52 * 1000);
    }

    public void Dispose() => _folder.Dispose();
}
