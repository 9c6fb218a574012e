using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Annotations;

public sealed class AnnotatedGridTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallDataset _data = new();

    [Fact]
    public async Task WhatPeopleWriteIsThereForEveryReaderAndAfterARestart()
    {
        await using (var silo = await LiveSilo.Start(_folder.Path, slots: 0))
        {
            await silo.Submit(Grid(epochs: 1));
            using var client = await silo.Connect();
            var grid = client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid"));
            string id = (await silo.Snapshot("grid")).Experiments[1].Id;

            Assert.True(await grid.Annotate(null, Some.Annotation, Some.Token));
            Assert.True(await grid.Annotate("one", Annotation.Create([], "by name"), Some.Token));
            Assert.True(await grid.Annotate(id, Annotation.Create(["by-id"], ""), Some.Token));

            await AssertAnnotated(silo);
        }

        await using var again = await LiveSilo.Start(_folder.Path, slots: 0);
        await AssertAnnotated(again);
    }

    [Fact]
    public async Task AReaderIsToldWhatWasAnnotatedAndNothingElse()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Grid(epochs: 1));
        var read = await silo.Snapshot("grid");

        await silo.Grid("grid").Annotate("two", Some.Annotation, Some.Token);
        var changed = (await silo.Grid("grid").GetSnapshot(read.Version, Some.Token))!;
        Assert.Equivalent(new[] { read.Experiments[1] with { Annotation = Some.Annotation } }, changed.Experiments, strict: true);
        Assert.Null(changed.Grid.Annotation);

        await silo.Grid("grid").Annotate(null, Some.Annotation, Some.Token);
        var ofGrid = (await silo.Grid("grid").GetSnapshot(changed.Version, Some.Token))!;
        Assert.Empty(ofGrid.Experiments);
        Assert.True(ofGrid.Version > changed.Version);
        Assert.Equivalent(Some.Annotation, ofGrid.Grid.Annotation, strict: true);

        await silo.Grid("grid").Annotate("two", Annotation.Create([], ""), Some.Token);
        Assert.Null((await silo.Grid("grid").GetExperiment("two", Some.Token))!.Annotation);
        Assert.Null(Assert.Single((await silo.Grid("grid").GetSnapshot(ofGrid.Version, Some.Token))!.Experiments).Annotation);
    }

    [Fact]
    public async Task TrainingChangesNothingOfIt()
    {
        await using (var silo = await LiveSilo.Start(_folder.Path, slots: 2))
        {
            await silo.Submit(Grid(epochs: 40));
            await silo.Grid("grid").Annotate("one", Some.Annotation, Some.Token);
            await silo.Until("grid", snapshot => snapshot.Experiments[1].Last is not null);
            await silo.Grid("grid").Annotate("two", Some.Annotation, Some.Token);

            await silo.Until("grid", snapshot =>
            {
                Assert.All(snapshot.Experiments.Take(2), row => Assert.Equivalent(Some.Annotation, row.Annotation, strict: true));
                return snapshot.Grid.Status == GridStatus.Completed;
            });
        }

        await using var again = await LiveSilo.Start(_folder.Path, slots: 0);
        Assert.All((await again.Results("grid")).Take(2), result => Assert.Equivalent(Some.Annotation, result.Annotation, strict: true));
        Assert.All((await again.Snapshot("grid")).Experiments.Take(2), row => Assert.Equivalent(Some.Annotation, row.Annotation, strict: true));
    }

    [Fact]
    public async Task WhereThereIsNothingToAnnotateThatIsSaid()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Grid(epochs: 1));

        Assert.False(await silo.Grid("nowhere").Annotate(null, Some.Annotation, Some.Token));
        Assert.False(await silo.Grid("grid").Annotate("three", Some.Annotation, Some.Token));
    }

    [Fact]
    public async Task WhatTheFactoryWouldRefuseIsRefusedAndNothingIsChanged()
    {
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Grid(epochs: 1));
        await silo.Grid("grid").Annotate("one", Some.Annotation, Some.Token);
        using var client = await silo.Connect();
        var grid = client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid"));

        var refused = await Assert.ThrowsAsync<AnnotationException>(() => grid.Annotate("one", new Annotation(["a,b"], "\0"), Some.Token));

        Assert.Equal(["Tag 1 holds a comma: make it two tags.", "The note holds a NUL character: remove it."], refused.Faults);
        Assert.Equivalent(Some.Annotation, (await grid.GetExperiment("one", Some.Token))!.Annotation, strict: true);
    }

    [Fact]
    public async Task TheNotesOfAGridAreNoLargerThanAMessageHolds()
    {
        const int Notes = Annotation.LongestNotes / Annotation.LongestNote;
        await using var silo = await LiveSilo.Start(_folder.Path, slots: 0);
        await silo.Submit(Some.Grid("grid", Some.FashionMnist, [.. Enumerable.Range(1, Notes + 1).Select(number => Some.Experiment($"e{number}"))]));
        var longest = Annotation.Create(["tag"], new string('é', Annotation.LongestNote));
        for (int number = 1; number <= Notes; number++)
        {
            await silo.Grid("grid").Annotate($"e{number}", longest, Some.Token);
        }

        var refused = await Assert.ThrowsAsync<AnnotationException>(() => silo.Grid("grid").Annotate($"e{Notes + 1}", Annotation.Create([], "x"), Some.Token));

        Assert.Contains("4,000,000 characters together: shorten some", refused.Message, StringComparison.Ordinal);
        Assert.True(await silo.Grid("grid").Annotate($"e{Notes + 1}", Annotation.Create(["tag"], ""), Some.Token));
        Assert.True(await silo.Grid("grid").Annotate($"e{Notes}", longest, Some.Token));
        Assert.True(await silo.Grid("grid").Annotate(null, longest, Some.Token));
        using var client = await silo.Connect();
        var read = await client.Services.GetRequiredService<IClusterClient>().GetGrain<IGridGrain>(GrainKeys.Grid("grid")).GetSnapshot(0, Some.Token);
        Assert.Equal(Notes, read!.Experiments.Count(row => row.Annotation?.Note == longest.Note));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    private static async Task AssertAnnotated(LiveSilo silo)
    {
        var snapshot = await silo.Snapshot("grid");
        Assert.Equivalent(Some.Annotation, snapshot.Grid.Annotation, strict: true);
        Assert.Equivalent(Some.Annotation, (await silo.Grid("grid").GetOverview(Some.Token))!.Annotation, strict: true);
        Annotation?[] expected = [new([], "by name"), new(["by-id"], ""), null];
        Assert.Equivalent(expected, snapshot.Experiments.Select(row => row.Annotation), strict: true);
        Assert.Equivalent(expected, (await silo.Results("grid")).Select(result => result.Annotation), strict: true);
    }

    private GridDefinition Grid(int epochs) => Some.Grid(
        "grid", _data.Reference, [.. new[] { "one", "two", "last" }.Select((name, index) => Some.Experiment(name, Some.Config(epochs, seed: index + 1)))]);
}
