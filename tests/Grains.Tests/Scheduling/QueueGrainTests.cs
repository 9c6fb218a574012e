using Orleans.Core.Internal;

namespace Experiments.Grains.Tests.Scheduling;

public sealed class QueueGrainTests : IDisposable
{
    private static readonly TimeSpan Now = TimeSpan.Zero, Long = TimeSpan.FromSeconds(25);

    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    [Fact]
    public async Task WhoWaitsIsServedByALaterSubmit()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        var waiting = silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token);

        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));

        Assert.Equal("grid", (await waiting)!.GridName);
        Assert.Null(await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token));
    }

    [Fact]
    public async Task WhoHasGoneIsGivenNothing()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Some.Token);
        var waiting = silo.Queue.Take(silo.ALiveSlot.Silo, Long, gone.Token);
        await silo.Submit(Some.Grid("empty", Some.FashionMnist));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));

        Assert.NotNull(await silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token));
    }

    [Fact]
    public async Task TheSlotOfADeadSiloIsGivenNothing()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        var dead = silo.SlotOfItsPredecessor;
        var waiting = silo.Queue.Take(dead.Silo, Long, Some.Token);

        var taken = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;

        Assert.Equal("grid", taken.GridName);
        Assert.False(waiting.IsCompleted);
        Assert.Null(await silo.Experiment(taken.ExperimentId).StartAttempt("grid", dead, Some.Token));
        Assert.NotNull(await silo.Experiment(taken.ExperimentId).StartAttempt("grid", silo.ALiveSlot, Some.Token));
    }

    [Fact]
    public async Task WhatWasTakenAndNeverBegunIsGivenOutAgain()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        var taken = await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token);

        // The slot dies on its way: nobody says so.
        Assert.NotNull(taken);
        Assert.Equal(taken, await silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token) ?? await silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token));
    }

    [Fact]
    public async Task WhatALostSiloTrainedIsGivenOutAgain()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        var taken = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;
        await silo.Experiment(taken.ExperimentId).StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token);

        Assert.Equal(taken, await silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token) ?? await silo.Queue.Take(silo.ALiveSlot.Silo, Long, Some.Token));
        Assert.Equal(ExperimentStatus.Pending, (await silo.Snapshot("grid")).Experiments[0].Status);
    }

    [Fact]
    public async Task ALostSiloIsNoticedThoughTheQueueIsLostTooAndNobodyAsksForWork()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        var taken = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;
        await silo.Experiment(taken.ExperimentId).StartAttempt("grid", Some.SlotOfALostSilo(), Some.Token);

        await silo.Queue.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);

        await silo.Until("grid", snapshot => snapshot.Experiments[0].Status == ExperimentStatus.Pending);
    }

    [Fact]
    public async Task ReturnedExperimentsAreGivenOutAgainAtOnce()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("it")));
        var taken = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;

        await silo.Queue.Return("grid", taken.ExperimentId, pending: true, Some.Token);

        Assert.Equal(taken, await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token));
    }

    [Fact]
    public async Task ManyThatComeBackAtOnceAreGivenOutInTheOrderOfTheGrid()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, [.. Enumerable.Range(1, 50).Select(number => Some.Experiment($"e{number}"))]));
        var taken = await TakeAll(silo);
        Assert.Equal(50, taken.Count);

        await Task.WhenAll(Enumerable.Reverse(taken).Select(experiment => silo.Queue.Return("grid", experiment.ExperimentId, pending: true, Some.Token)));

        Assert.Equal(taken, await TakeAll(silo));
    }

    [Fact]
    public async Task ANewActivationKnowsWhatWaitsAndWhatTrains()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, Some.Experiment("one"), Some.Experiment("two"), Some.Experiment("three")) with { MaxParallel = 2 });
        var first = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;
        await silo.Experiment(first.ExperimentId).StartAttempt("grid", silo.ALiveSlot, Some.Token);

        await silo.Queue.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);

        var second = (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!;
        Assert.NotEqual(first, second);
        Assert.Null(await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token));
    }

    [Fact]
    public async Task WhatWaitsIsToldInTheOrderInWhichItIsThenGivenOut()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("usual", Some.FashionMnist, Some.Experiment("one"), Some.Experiment("two")));
        await silo.Submit(Some.Grid("urgent", Some.FashionMnist, Some.Experiment("one"), Some.Experiment("two"), Some.Experiment("three")) with { Priority = 5, MaxParallel = 1 });
        await silo.Submit(Some.Grid("empty", Some.FashionMnist));
        Assert.Equal([new("urgent", 5, 3, 0, 1), new("usual", 0, 2, 0, null)], await silo.Queue.GetWaiting(Some.Token));

        Assert.Equal("urgent", (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!.GridName);
        Assert.Equal([new("usual", 0, 2, 0, null), new("urgent", 5, 2, 1, 1)], await silo.Queue.GetWaiting(Some.Token));

        Assert.Equal("usual", (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!.GridName);
        Assert.Equal("usual", (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token))!.GridName);
        Assert.Equal([new("urgent", 5, 2, 1, 1)], await silo.Queue.GetWaiting(Some.Token));
    }

    [Fact]
    public async Task SlotsThatWaitOutliveTheirQueue()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 2);
        await silo.Submit(Some.Grid("empty", _data.Reference));
        await silo.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(Now, Some.Token);
        await silo.Queue.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Some.Token);

        var results = await silo.Train(Some.Grid("grid", _data.Reference, Some.Experiment("one"), Some.Experiment("two")));

        Assert.All(results, result => Assert.Equal((ExperimentStatus.Completed, 1), (result.Status, result.Attempts)));
    }

    private static async Task<List<QueuedExperiment>> TakeAll(LiveSilo silo)
    {
        List<QueuedExperiment> taken = [];
        while (await silo.Queue.Take(silo.ALiveSlot.Silo, Now, Some.Token) is { } next)
        {
            taken.Add(next);
        }

        return taken;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }
}
