using System.Collections.Immutable;
using System.Globalization;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests.Machines;

/// <summary>A cluster on several machines, one of which loses its network.</summary>
public sealed class MachineTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private const int CutOff = 1;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60), OnItsWay = TimeSpan.FromSeconds(1), TimeToSubmit = TimeSpan.FromSeconds(3);

    private PrivateNetwork? _network;
    private PrivatePostgres? _postgres;
    private TestedCluster? _cluster;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _network = await PrivateNetwork.Create();
        _postgres = await PrivatePostgres.Start(surroundings: new(_network.Switch.Within, _network.Switch.Address));
        _cluster = await TestedCluster.Create(place, log, _postgres, _postgres.There, _network);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new IAsyncDisposable?[] { _cluster, _postgres, _network }.OfType<IAsyncDisposable>())
        {
            await made.DisposeAsync();
        }
    }

    [Fact]
    public async Task WhatAMachineTrainsGoesOnElsewhereWhileItIsCutOffAndItTakesPartAgainAfterwards()
    {
        var (cluster, network) = (_cluster!, _network!);
        await Task.WhenAll(cluster.Start(CutOff, "--slots", "2"), cluster.Start(2), cluster.Start(3));
        string[] before = ["before-1", "before-2"], meanwhile = ["meanwhile-1", "meanwhile-2", "meanwhile-3"], after = ["after"];
        await using var held = await HeldRows.OfEpochs(cluster.Database, from: 2);
        await Submit(before);
        await using var watch = cluster.StartClient("watch", before[0]);
        await cluster.Until("both slots of the machine train, one of them after an epoch", events =>
            OnTheMachine(events) is { Length: 2 } running && running.Any(row => events.Epochs(row.ExperimentId) > 0));

        await network.Cut(CutOff);
        await held.Release();
        var cut = DateTimeOffset.UtcNow;
        await Task.Delay(OnItsWay, Token);
        var orphans = OnTheMachine(await AuditTrail.Read(cluster.Database));
        Assert.NotEmpty(orphans);
        var events = await cluster.Until("they are trained elsewhere", events => orphans.All(orphan => Successor(events, orphan) is not null));
        Tell("Cut off: its experiments were trained elsewhere", orphans.Max(orphan => Successor(events, orphan)!.At) - cut);
        var untilWorkWaits = cut + Outage - TimeToSubmit - DateTimeOffset.UtcNow;
        Assert.True(untilWorkWaits > TimeSpan.Zero, "What the machine trained went on elsewhere too late.");
        await Task.Delay(untilWorkWaits, Token);
        await Submit(meanwhile);
        Assert.False(cluster.Silos[CutOff].HasEnded);
        var rest = cut + Outage - DateTimeOffset.UtcNow;
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Token);

        await network.Heal(CutOff);
        var healed = DateTimeOffset.UtcNow;
        Assert.Equal(1, await cluster.Silos[CutOff].Finish());
        Tell("Back: its silo had ended", DateTimeOffset.UtcNow - healed);
        Assert.Contains("The cluster has declared this silo dead", cluster.Silos[CutOff].Output, StringComparison.Ordinal);
        await cluster.Start(CutOff, "--slots", "2");
        await Submit(after);

        await cluster.EndsAsUndisturbed([.. before, .. meanwhile, .. after]);

        var watched = await watch.Finish();
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
        var since = (await AuditTrail.Read(cluster.Database)).OfType<HistoryEvent.RowWritten>().Where(row => row.At > healed && TestedCluster.SiloOf(row) == CutOff).ToList();
        Assert.NotEmpty(since);
        Assert.DoesNotContain(since, row => row.Silo == orphans[0].Silo);

        Task Submit(string[] grids) => Task.WhenAll(grids.Select(grid => cluster.Submit(place.Grid(grid))));

        void Tell(string what, TimeSpan after) => log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} after {after.TotalSeconds:F1} s"));
    }

    private static ImmutableArray<HistoryEvent.RowWritten> OnTheMachine(ImmutableArray<HistoryEvent> events) =>
        [.. events.Running().Where(row => TestedCluster.SiloOf(row) == CutOff)];

    private static HistoryEvent.RowWritten? Successor(ImmutableArray<HistoryEvent> events, HistoryEvent.RowWritten of) =>
        events.OfType<HistoryEvent.RowWritten>().FirstOrDefault(row => row.ExperimentId == of.ExperimentId && row.Lease > of.Lease && row.Status == ExperimentStatus.Running);
}
