using Experiments.Grains.Storage;
using Orleans.Storage;

namespace Experiments.Grains.Tests.Storage;

/// <summary>What every storage promises; a class for each storage runs it.</summary>
public abstract class StorageConformance(Func<StorageSilo> silo)
{
    public static readonly TheoryData<string> OddNames =
    [
        "0f", "f", "00F", "0x0f", "-1", "9223372036854775808", "550e8400-e29b-41d4-a716-446655440000",
        "grid-Ω≈ç√∫˜µ", "grid-🦊", "grid-'; DROP TABLE grid; --", "grid-%_", "grid-a\"b", "Grid-A", "grid-a", new string('x', 500),
    ];

    private protected IExperimentStore Experiments => silo().Experiments;

    private protected ICheckpointStore Checkpoints => silo().Checkpoints;

    private IGrainStorage GrainState => silo().GrainState;

    [Theory, MemberData(nameof(OddNames))]
    public async Task EveryNameIsAKeyOfItsOwn(string name)
    {
        string gridId = Some.Name();

        Assert.Equal(gridId, await Experiments.AddGridAsync(name, gridId, dataset: null, Some.Token));
        await Experiments.AppendEpochAsync(gridId, 1, Some.Epoch(1), Some.Row(name), Some.Token);
        await Checkpoints.WriteAsync(name, name, Some.Bytes(10), Some.Token);

        Assert.Contains(new GridEntry(name, gridId), await Experiments.ListGridsAsync(Some.Token));
        Assert.Equal(name, Assert.Single(await Experiments.ReadRowsAsync(gridId, Some.Token)).Id);
        Assert.Single(await Experiments.ReadHistoryAsync(name, Some.Token));
        Assert.Equal(Some.Bytes(10), await Checkpoints.ReadAsync(name, name, Some.Token));
    }

    [Theory, MemberData(nameof(OddNames))]
    public async Task EveryPrefixedGrainKeyHasAStateOfItsOwn(string name)
    {
        var (written, read) = (new GrainState<Memo>(new Memo { Text = name }), new GrainState<Memo>());

        await GrainState.WriteStateAsync("memo", Grain("key-" + name), written);
        await GrainState.ReadStateAsync("memo", Grain("key-" + name), read);

        Assert.True(read.RecordExists);
        Assert.Equal((name, written.ETag), (read.State!.Text, read.ETag));
    }

    [Fact]
    public async Task StateIsWrittenOverReadAndCleared()
    {
        var grain = Grain(Some.Name("memo-"));
        var state = new GrainState<Memo>(new Memo { Text = "one" });
        await GrainState.WriteStateAsync("memo", grain, state);
        state.State!.Text = "two";
        await GrainState.WriteStateAsync("memo", grain, state);
        Assert.Equal("two", (await Read(grain)).State!.Text);

        await GrainState.ClearStateAsync("memo", grain, state);

        Assert.False((await Read(grain)).RecordExists);
        await GrainState.WriteStateAsync("memo", grain, new GrainState<Memo>(new Memo { Text = "anew" }));
        Assert.Equal("anew", (await Read(grain)).State!.Text);
    }

    [Fact]
    public async Task OfManyFirstWritesOneSucceeds()
    {
        var grain = Grain(Some.Name("memo-"));

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer =>
            Record.ExceptionAsync(() => GrainState.WriteStateAsync("memo", grain, new GrainState<Memo>(new Memo { Text = $"{writer}" }))).AsTask()));

        Assert.Single(errors, error => error is null);
        Assert.All(errors.OfType<Exception>(), error => Assert.IsAssignableFrom<InconsistentStateException>(error));
    }

    [Fact]
    public async Task AStaleWriteOrClearIsRefused()
    {
        var grain = Grain(Some.Name("memo-"));
        var mine = new GrainState<Memo>(new Memo { Text = "mine" });
        await GrainState.WriteStateAsync("memo", grain, mine);
        var stale = await Read(grain);
        mine.State!.Text = "newer";
        await GrainState.WriteStateAsync("memo", grain, mine);

        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => GrainState.WriteStateAsync("memo", grain, stale));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => GrainState.ClearStateAsync("memo", grain, stale));
        Assert.Equal("newer", (await Read(grain)).State!.Text);
    }

    [Fact]
    public async Task AWriteAfterAClearByAnotherIsRefused()
    {
        var grain = Grain(Some.Name("memo-"));
        var mine = new GrainState<Memo>(new Memo { Text = "mine" });
        await GrainState.WriteStateAsync("memo", grain, mine);
        var other = await Read(grain);
        await GrainState.ClearStateAsync("memo", grain, other);

        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => GrainState.WriteStateAsync("memo", grain, mine));
    }

    [Fact]
    public async Task SixteenMegabytesAreKeptToTheBit()
    {
        byte[] bytes = Some.Bytes(16 << 20);
        string experiment = Some.Name();
        var grain = Grain(Some.Name("memo-"));

        await Checkpoints.WriteAsync(experiment, "big", bytes, Some.Token);
        await GrainState.WriteStateAsync("memo", grain, new GrainState<Memo>(new Memo { Bytes = bytes }));

        Assert.True((await Checkpoints.ReadAsync(experiment, "big", Some.Token))!.SequenceEqual(bytes));
        Assert.True((await Read(grain)).State!.Bytes.SequenceEqual(bytes));
    }

    [Fact]
    public async Task AThousandWritersAtOnceAreAllKept()
    {
        string grid = Some.Name();

        await Task.WhenAll(Enumerable.Range(1, 1000).Select(number => number % 4 == 0
            ? GrainState.WriteStateAsync("memo", Grain($"memo-{grid}-{number}"), new GrainState<Memo>(new Memo { Text = $"{number}" }))
            : Experiments.AppendEpochAsync(grid, 1, Some.Epoch(1), Some.Row($"{grid}-{number}"), Some.Token)));

        Assert.Equal(750, (await Experiments.ReadRowsAsync(grid, Some.Token)).Length);
        Assert.Equal("1000", (await Read(Grain($"memo-{grid}-1000"))).State!.Text);
    }

    [Fact]
    public async Task AWriteThatFailsFailsAloneInItsGroup()
    {
        string grid = Some.Name();
        await Experiments.WriteRowAsync(grid, 2, Some.Row($"{grid}-fenced"), Some.Token);

        var errors = await Task.WhenAll(Enumerable.Range(1, 200).Select(number => Record.ExceptionAsync(() =>
            Experiments.AppendEpochAsync(grid, 1, Some.Epoch(1), Some.Row(number == 100 ? $"{grid}-fenced" : $"{grid}-{number}"), Some.Token)).AsTask()));

        Assert.IsType<LeaseLostException>(Assert.Single(errors, error => error is not null));
        Assert.Equal(200, (await Experiments.ReadRowsAsync(grid, Some.Token)).Length);
        Assert.Empty(await Experiments.ReadHistoryAsync($"{grid}-fenced", Some.Token));
    }

    [Fact]
    public async Task AnOlderLeaseWritesNeitherRowNorEpoch()
    {
        string grid = Some.Name(), id = $"{grid}-1";
        await Experiments.WriteRowAsync(grid, 2, Some.Row(id, ExperimentStatus.Paused), Some.Token);

        await Assert.ThrowsAsync<LeaseLostException>(() => Experiments.WriteRowAsync(grid, 1, Some.Row(id), Some.Token));
        await Assert.ThrowsAsync<LeaseLostException>(() => Experiments.AppendEpochAsync(grid, 1, Some.Epoch(1), Some.Row(id), Some.Token));

        Assert.Equal(ExperimentStatus.Paused, Assert.Single(await Experiments.ReadRowsAsync(grid, Some.Token)).Status);
        Assert.Empty(await Experiments.ReadHistoryAsync(id, Some.Token));
        await Experiments.WriteRowAsync(grid, 2, Some.Row(id, ExperimentStatus.Failed), Some.Token);
    }

    [Fact]
    public async Task EpochsAreCommittedOnceAndWithoutGaps()
    {
        string grid = Some.Name(), id = $"{grid}-1";
        foreach (int epoch in new[] { 1, 2, 1, 2, 3 })
        {
            await Experiments.AppendEpochAsync(grid, 1, Some.Epoch(epoch) with { Seconds = Random.Shared.NextDouble() }, Some.Row(id), Some.Token);
        }

        var gap = await Assert.ThrowsAsync<EpochGapException>(() =>
            Experiments.AppendEpochAsync(grid, 1, Some.Epoch(5), Some.Row(id, ExperimentStatus.Failed), Some.Token));

        Assert.Contains("the last committed epoch is 3", gap.Message, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Running, Assert.Single(await Experiments.ReadRowsAsync(grid, Some.Token)).Status);
        var history = await Experiments.ReadHistoryAsync(id, Some.Token);
        Assert.Equal([1, 2, 3], history.Select(epoch => epoch.Epoch));
        await Experiments.AppendEpochAsync(grid, 1, Some.Epoch(1), Some.Row(id), Some.Token);
        Assert.Equal(history, await Experiments.ReadHistoryAsync(id, Some.Token));
    }

    [Fact]
    public async Task ManyHistoriesAreReadAtOnceInTheOrderAskedForEachAfterTheEpochThatIsKnown()
    {
        string grid = Some.Name();
        for (int number = 1; number <= 12; number++)
        {
            foreach (int epoch in Enumerable.Range(1, number))
            {
                await Experiments.AppendEpochAsync(grid, 1, Some.Epoch(epoch) with { Seconds = number }, Some.Row($"{grid}-{number}"), Some.Token);
            }
        }

        var read = await Experiments.ReadHistoriesAsync(
            [new($"{grid}-12", 9), new($"{grid}-never", 0), new($"{grid}-2", 0), new($"{grid}-3", 3), new($"{grid}-12", 0)], most: 100, Some.Token);

        Assert.Equal([$"{grid}-12", $"{grid}-never", $"{grid}-2", $"{grid}-3", $"{grid}-12"], read.Select(columns => columns.ExperimentId));
        Assert.Equal([[10, 11, 12], [], [1, 2], [], [.. Enumerable.Range(1, 12)]], read.Select(columns => columns.Epoch.ToArray()));
        Assert.Equal(await Experiments.ReadHistoryAsync($"{grid}-12", Some.Token), Rows(read[4]));
        Assert.Equal(await Experiments.ReadHistoryAsync($"{grid}-2", Some.Token), Rows(read[2]));
        Assert.Empty(Rows(read[1]));
        Assert.Empty(await Experiments.ReadHistoriesAsync([], most: 100, Some.Token));

        static IEnumerable<EpochMetrics> Rows(EpochColumns columns) => columns.Epoch.Select((epoch, row) => new EpochMetrics(
            epoch, columns.TrainLoss[row], columns.TrainAccuracy[row], columns.ValidationLoss[row], columns.ValidationAccuracy[row], columns.Seconds[row]));
    }

    [Fact]
    public async Task EpochsBeyondWhatOneAnswerHoldsAreLeftOutFromTheEndAndComeWithTheNext()
    {
        string grid = Some.Name();
        foreach (var (number, epoch) in new[] { (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1) })
        {
            await Experiments.AppendEpochAsync(grid, 1, Some.Epoch(epoch), Some.Row($"{grid}-{number}"), Some.Token);
        }

        var first = await Experiments.ReadHistoriesAsync([new($"{grid}-1", 0), new($"{grid}-2", 0), new($"{grid}-3", 0)], most: 4, Some.Token);
        var next = await Experiments.ReadHistoriesAsync([new($"{grid}-2", 2), new($"{grid}-3", 0)], most: 4, Some.Token);

        Assert.Equal([[1, 2], [1, 2], []], first.Select(columns => columns.Epoch.ToArray()));
        Assert.Equal([[3], [1]], next.Select(columns => columns.Epoch.ToArray()));
    }

    [Fact]
    public async Task MetricsAndRowsComeBackToTheBit()
    {
        string grid = Some.Name(), id = $"{grid}-1";
        var metrics = new EpochMetrics(1, Math.PI, double.Epsilon, double.MaxValue, 1.0 / 3, 1e-300);
        var row = Some.Row(id, ExperimentStatus.Paused, "no space: 'ü'\n<b>") with
        {
            Last = metrics,
            Best = new BestEpoch(1, double.MaxValue, 1.0 / 3, null),
            Test = new TestMetrics(0.1, 0.2, 3, 4),
            Progress = new BatchProgress(2, 3, 4, 0.5, 0.25, 1234.5),
            Seconds = 1.0 / 7,
            EndedAt = DateTimeOffset.UnixEpoch.AddTicks(7),
        };

        await Experiments.AppendEpochAsync(grid, 1, metrics, row with { Annotation = Some.Annotation }, Some.Token);

        Assert.Equal([metrics], await Experiments.ReadHistoryAsync(id, Some.Token));
        Assert.Equal([row], await Experiments.ReadRowsAsync(grid, Some.Token));
    }

    [Fact]
    public async Task ANameIsHeldByTheGridThatRegisteredItFirst()
    {
        string name = Some.Name();

        string[] holders = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Experiments.AddGridAsync(name, $"{name}-{number}", dataset: null, Some.Token)));

        Assert.Single(holders.Distinct());
    }

    [Fact]
    public async Task CheckpointsAreListedByNameAndReplacedByName()
    {
        string id = Some.Name();
        await Checkpoints.WriteAsync(id, "b", Some.Bytes(10), Some.Token);
        await Checkpoints.WriteAsync(id, "a", Some.Bytes(20), Some.Token);
        await Checkpoints.WriteAsync(id, "b", Some.Bytes(30, first: 2), Some.Token);

        Assert.Equal([("a", 20), ("b", 30)], (await Checkpoints.ListAsync(id, Some.Token)).Select(entry => (entry.Name, entry.Bytes)));
        Assert.Equal(Some.Bytes(30, first: 2), await Checkpoints.ReadAsync(id, "b", Some.Token));

        await Checkpoints.DeleteAsync(id, ["a", "never"], Some.Token);
        Assert.Null(await Checkpoints.ReadAsync(id, "a", Some.Token));
        Assert.Single(await Checkpoints.ListAsync(id, Some.Token));
    }

    [Fact]
    public async Task TheCallerMayUseItsBufferAgainAtOnce()
    {
        string id = Some.Name();
        byte[] buffer = Some.Bytes(1 << 20);
        var writing = Checkpoints.WriteAsync(id, "it", buffer, Some.Token);
        Array.Clear(buffer);
        await writing;

        Assert.Equal(Some.Bytes(1 << 20), await Checkpoints.ReadAsync(id, "it", Some.Token));
    }

    [Fact]
    public async Task ACancelledWriteWasNotBegun()
    {
        string id = Some.Name();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Checkpoints.WriteAsync(id, "it", Some.Bytes(10), new CancellationToken(canceled: true)));

        Assert.Null(await Checkpoints.ReadAsync(id, "it", Some.Token));
    }

    [Fact]
    public async Task AGridTakesTheBytesOfItsOwnCheckpoints()
    {
        string grid = Some.Name(), other = Some.Name();
        foreach (var (owner, name, bytes) in new[] { (grid, "a", 10), (grid, "b", 200), (grid, "b", 300), (other, "a", 4000) })
        {
            await Experiments.WriteRowAsync(owner, 1, Some.Row($"{owner}-1"), Some.Token);
            await Checkpoints.WriteAsync($"{owner}-1", name, Some.Bytes(bytes), Some.Token);
        }

        await Experiments.WriteRowAsync(grid, 1, Some.Row($"{grid}-2"), Some.Token);
        await Checkpoints.WriteAsync($"{grid}-2", "a", Some.Bytes(1), Some.Token);

        Assert.InRange(await silo().Database.MeasureAsync(Some.Token), 4000, long.MaxValue);
        Assert.Equal(311, await Experiments.MeasureGridAsync(grid, Some.Token));
        Assert.Equal(4000, await Experiments.MeasureGridAsync(other, Some.Token));
        Assert.Equal(0, await Experiments.MeasureGridAsync(Some.Name(), Some.Token));
    }

    [Fact]
    public async Task AnnotationsOfAGridAndItsExperimentsComeBackAsTheyWereWrittenLast()
    {
        string grid = Some.Name(), other = Some.Name();
        var longest = Annotation.Create(
            [.. Enumerable.Range(0, Annotation.MostTags).Select(number => $"{number}".PadRight(Annotation.LongestTag, '"'))], new string('é', Annotation.LongestNote));
        await Experiments.AddGridAsync(grid, grid, dataset: null, Some.Token);
        await Experiments.AddGridAsync(other, other, dataset: null, Some.Token);
        foreach (var (experiment, annotation) in new (string?, Annotation)[]
        {
            ("e1", longest), (null, longest), (null, Some.Annotation), ("e1", Some.Annotation), ("e2", longest), ("e3", Some.Annotation),
            ("e3", Annotation.Create([], "")), ("e4", Annotation.Create([], "note")), ("e5", Annotation.Create(["tag"], "")),
        })
        {
            Assert.True(await Experiments.WriteAnnotationAsync(grid, experiment, annotation, Some.Token));
        }

        Assert.Equivalent(
            new AnnotationEntry[]
            {
                new(null, Some.Annotation), new("e1", Some.Annotation), new("e2", longest), new("e4", new Annotation([], "note")), new("e5", new Annotation(["tag"], "")),
            },
            await Experiments.ReadAnnotationsAsync(grid, Some.Token),
            strict: true);
        Assert.Empty(await Experiments.ReadAnnotationsAsync(other, Some.Token));
    }

    [Fact]
    public async Task OfAGridThatIsNotThereNothingIsAnnotated()
    {
        string grid = Some.Name();

        Assert.False(await Experiments.WriteAnnotationAsync(grid, "e1", Some.Annotation, Some.Token));

        Assert.Empty(await Experiments.ReadAnnotationsAsync(grid, Some.Token));
    }

    [Fact]
    public async Task ARemovedGridLeavesNothing()
    {
        string grid = Some.Name(), name = Some.Name(), id = $"{grid}-1";
        await Experiments.AddGridAsync(name, grid, dataset: null, Some.Token);
        await Experiments.AppendEpochAsync(grid, 1, Some.Epoch(1), Some.Row(id), Some.Token);
        await Checkpoints.WriteAsync(id, "it", Some.Bytes(10), Some.Token);
        await Experiments.WriteAnnotationAsync(grid, null, Some.Annotation, Some.Token);
        await Experiments.WriteAnnotationAsync(grid, id, Some.Annotation, Some.Token);

        await Experiments.RemoveGridAsync(grid, Some.Token);
        await Experiments.RemoveGridAsync(grid, Some.Token);

        Assert.DoesNotContain(name, (await Experiments.ListGridsAsync(Some.Token)).Select(entry => entry.Name));
        Assert.Empty(await Experiments.ReadRowsAsync(grid, Some.Token));
        Assert.Empty(await Experiments.ReadHistoryAsync(id, Some.Token));
        Assert.Empty(await Checkpoints.ListAsync(id, Some.Token));
        Assert.Empty(await Experiments.ReadAnnotationsAsync(grid, Some.Token));
    }

    private static GrainId Grain(string key) => GrainId.Create("memo", key);

    private async Task<GrainState<Memo>> Read(GrainId grain)
    {
        var state = new GrainState<Memo>();
        await GrainState.ReadStateAsync("memo", grain, state);
        return state;
    }
}
