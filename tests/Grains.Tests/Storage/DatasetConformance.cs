using System.Security.Cryptography;
using Experiments.Grains.Storage;

namespace Experiments.Grains.Tests.Storage;

/// <summary>What every storage promises of datasets; a class for each storage runs it.</summary>
public abstract class DatasetConformance(Func<StorageSilo> silo)
{
    private protected IExperimentStore Experiments => silo().Experiments;

    private protected IDatasetStore Datasets => silo().Datasets;

    [Fact]
    public async Task AContentIsThereWholeOrNotAtAll()
    {
        var content = new Content();
        await Put(content, 0, 2);

        Assert.False(await Complete(content));
        Assert.Null(await Datasets.GetLengthAsync(content.Sha256, Some.Token));
        Assert.Null(await Datasets.ReadChunkAsync(content.Sha256, 0, Some.Token));
        Assert.Equal([0, 2], await Datasets.ListChunksAsync(content.Sha256, Some.Token));

        await Put(content, 1, 2);
        Assert.True(await Complete(content));
        Assert.Equal(content.Bytes.Length, await Datasets.GetLengthAsync(content.Sha256, Some.Token));
        Assert.Equal(content.Bytes, await Read(content));
        Assert.Null(await Datasets.ReadChunkAsync(content.Sha256, 3, Some.Token));
        Assert.True(await Complete(content));
    }

    [Fact]
    public async Task ManySendTheSameContentAtOnceAndOneIsKept()
    {
        var content = new Content();

        bool[] completed = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await Put(content, 0, 1, 2);
            return await Complete(content);
        }));

        Assert.All(completed, Assert.True);
        Assert.Equal([0, 1, 2], await Datasets.ListChunksAsync(content.Sha256, Some.Token));
        Assert.Equal(content.Bytes, await Read(content));
    }

    [Fact]
    public async Task AContentThatIsNotWhatItsNameSaysIsRefusedAndRemoved()
    {
        var content = new Content();
        await Put(content, 0, 2);
        await Datasets.WriteChunkAsync(content.Sha256, 1, Some.Bytes(DatasetChunks.Bytes, first: 9), Some.Token);

        Assert.False(await Complete(content));

        Assert.Empty(await Datasets.ListChunksAsync(content.Sha256, Some.Token));
        await Put(content, 0, 1, 2);
        Assert.True(await Complete(content));
        Assert.Equal(content.Bytes, await Read(content));
    }

    [Fact]
    public async Task WhatIsSentTwiceStaysAsItWasAndWhatLiesBeyondTheEndGoes()
    {
        var content = new Content();
        await Put(content, 0, 1, 2);
        await Datasets.WriteChunkAsync(content.Sha256, 1, Some.Bytes(10), Some.Token);
        await Datasets.WriteChunkAsync(content.Sha256, 3, Some.Bytes(10), Some.Token);

        Assert.True(await Complete(content));

        Assert.Equal([0, 1, 2], await Datasets.ListChunksAsync(content.Sha256, Some.Token));
        Assert.Equal(content.Bytes, await Read(content));
    }

    [Fact]
    public async Task AGridOnADatasetThatIsNotThereWholeIsNotRegistered()
    {
        var content = new Content();
        string name = Some.Name();
        await Put(content, 0, 1);

        var missing = await Assert.ThrowsAsync<DatasetMissingException>(() => Experiments.AddGridAsync(name, name, content.Sha256, Some.Token));

        Assert.Contains(content.Sha256, missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await Experiments.ListGridsAsync(Some.Token)).Select(grid => grid.Name));
    }

    [Fact]
    public async Task ADatasetGoesWithTheLastGridThatUsesItAndNoOtherDoes()
    {
        Content shared = new(), other = new(), half = new();
        await Send(shared);
        await Send(other);
        await Put(half, 1);
        foreach (var (grid, content) in new[] { ("one", shared), ("two", shared), ("three", other) })
        {
            await Experiments.AddGridAsync($"{grid}-{shared.Sha256}", $"{grid}-{shared.Sha256}", content.Sha256, Some.Token);
        }

        await Experiments.RemoveGridAsync($"one-{shared.Sha256}", Some.Token);
        Assert.Equal(shared.Bytes, await Read(shared));

        await Experiments.RemoveGridAsync($"two-{shared.Sha256}", Some.Token);
        Assert.Empty(await Datasets.ListChunksAsync(shared.Sha256, Some.Token));
        Assert.Null(await Datasets.GetLengthAsync(shared.Sha256, Some.Token));
        Assert.Equal(other.Bytes, await Read(other));
        Assert.Equal([1], await Datasets.ListChunksAsync(half.Sha256, Some.Token));
    }

    [Fact]
    public async Task AGridThatIsAlreadyThereMayTakeADatasetAndKeepsIt()
    {
        var content = new Content();
        string grid = Some.Name("grid"), other = Some.Name("grid");
        await Experiments.AddGridAsync(grid, grid, dataset: null, Some.Token);
        await Send(content);
        await Experiments.AddGridAsync(grid, grid, content.Sha256, Some.Token);
        await Experiments.AddGridAsync(other, other, content.Sha256, Some.Token);

        Assert.Equal(grid, await Experiments.AddGridAsync(grid, "another", dataset: null, Some.Token));
        await Experiments.RemoveGridAsync(other, Some.Token);
        Assert.Equal(content.Bytes, await Read(content));

        await Experiments.RemoveGridAsync(grid, Some.Token);
        Assert.Empty(await Datasets.ListChunksAsync(content.Sha256, Some.Token));
    }

    [Fact]
    public async Task ASubmitAndTheDeleteOfTheLastGridAtTheSameMomentLeaveAGridItsDataOrRefuseIt()
    {
        var content = new Content();
        for (int round = 0; round < 20; round++)
        {
            await Send(content);
            string leaving = Some.Name("leaving"), coming = Some.Name("coming");
            await Experiments.AddGridAsync(leaving, leaving, content.Sha256, Some.Token);

            var removing = Experiments.RemoveGridAsync(leaving, Some.Token);
            var refused = await Record.ExceptionAsync(() => Experiments.AddGridAsync(coming, coming, content.Sha256, Some.Token));
            await removing;

            if (refused is null)
            {
                Assert.Equal(content.Bytes, await Read(content));
                await Experiments.RemoveGridAsync(coming, Some.Token);
            }
            else
            {
                Assert.IsType<DatasetMissingException>(refused);
            }

            Assert.Empty(await Datasets.ListChunksAsync(content.Sha256, Some.Token));
        }
    }

    [Fact]
    public async Task TheLastTwoGridsRemovedAtTheSameMomentFreeWhatTheyShared()
    {
        var content = new Content();
        for (int round = 0; round < 10; round++)
        {
            await Send(content);
            string[] grids = [Some.Name("grid"), Some.Name("grid")];
            foreach (string grid in grids)
            {
                await Experiments.AddGridAsync(grid, grid, content.Sha256, Some.Token);
            }

            await Task.WhenAll(grids.Select(grid => Experiments.RemoveGridAsync(grid, Some.Token)));

            Assert.Empty(await Datasets.ListChunksAsync(content.Sha256, Some.Token));
        }
    }

    [Fact]
    public async Task ADatasetOfManyChunksIsFreedWhole()
    {
        // A hundred chunks, however small, are several transactions' worth.
        string sha256 = new Content().Sha256, grid = Some.Name("grid");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Datasets.WriteChunkAsync(sha256, number, Some.Bytes(10), Some.Token)));

        Assert.False(await Datasets.CompleteAsync(sha256, 100L * DatasetChunks.Bytes, Some.Token));

        Assert.Empty(await Datasets.ListChunksAsync(sha256, Some.Token));
        await Assert.ThrowsAsync<DatasetMissingException>(() => Experiments.AddGridAsync(grid, grid, sha256, Some.Token));
    }

    private async Task Send(Content content)
    {
        await Put(content, 0, 1, 2);
        Assert.True(await Complete(content));
    }

    private Task Put(Content content, params int[] numbers) =>
        Task.WhenAll(numbers.Select(number => Datasets.WriteChunkAsync(content.Sha256, number, content.Chunk(number), Some.Token)));

    private Task<bool> Complete(Content content) => Datasets.CompleteAsync(content.Sha256, content.Bytes.Length, Some.Token);

    private async Task<byte[]> Read(Content content) =>
        [.. (await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Datasets.ReadChunkAsync(content.Sha256, number, Some.Token)))).SelectMany(chunk => chunk!)];

    /// <summary>Two chunks and a bit.</summary>
    private sealed class Content
    {
        public Content() => Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes));

        public byte[] Bytes { get; } = RandomNumberGenerator.GetBytes((2 * DatasetChunks.Bytes) + 100);

        public string Sha256 { get; }

        public byte[] Chunk(int number) => Bytes[(number * DatasetChunks.Bytes)..Math.Min((number + 1) * DatasetChunks.Bytes, Bytes.Length)];
    }
}
