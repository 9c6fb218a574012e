using System.Security.Cryptography;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>A dataset as bytes: named by their SHA-256, and read back from nothing else.</summary>
public sealed class PackedDatasetTests
{
    private static readonly Dataset Large = Some.Dataset(train: 3_000, test: 500, classes: 3, height: 20, width: 18);

    [Fact]
    public async Task WhatIsPackedIsReadBackToTheBit()
    {
        var read = await Read(Pack(Large), Large.Sha256);

        Assert.Equal(("mine", Large.Sha256, new ImageSize(20, 18)), (read.Name, read.Sha256, read.ImageSize));
        Assert.Equal(Large.Classes, read.Classes);
        Assert.True(read.Train.Pixels.SequenceEqual(Large.Train.Pixels) && read.Test.Pixels.SequenceEqual(Large.Test.Pixels));
        Assert.True(read.Train.Labels.SequenceEqual(Large.Train.Labels) && read.Test.Labels.SequenceEqual(Large.Test.Labels));
        Assert.Equal(Large.Sha256, ContentHash.Compute(read.Classes, read.Train, read.Test));
    }

    [Fact]
    public void ItsSha256IsTheDatasets() => Assert.Equal(Large.Sha256, Convert.ToHexStringLower(SHA256.HashData(Pack(Large))));

    [Fact]
    public void ChunksAreThoseOfTheWholeInOrderAndOnlyThoseAskedFor()
    {
        byte[] whole = Pack(Large);
        var packed = new PackedDataset(Large);

        Assert.Equal(whole.Length, packed.Length);
        Assert.Equal(2, DatasetChunks.Count(packed.Length));
        var (number, last) = Assert.Single(packed.Chunks(new HashSet<int> { 1, 7 }));
        Assert.Equal(1, number);
        Assert.Equal(whole[DatasetChunks.Bytes..], last);
    }

    [Fact]
    public async Task EveryByteThatIsFlippedOrLackingIsNoticed()
    {
        var small = Some.Dataset(train: 2, test: 1, classes: 2, height: 18, width: 18);
        byte[] whole = Pack(small);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= 0x81;
            await Assert.ThrowsAsync<InvalidDataException>(() => Read(flipped, small.Sha256));
            await Assert.ThrowsAsync<InvalidDataException>(() => Read(whole[..place], small.Sha256));
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => Read([.. whole, 0], small.Sha256));
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(whole, Large.Sha256));
    }

    [Theory]
    [InlineData(0, "it is no packed dataset")]
    [InlineData(21, "more than it can hold")]
    [InlineData(25, "more than it can hold")]
    [InlineData(36, "more than it can hold")]
    [InlineData(47, "more than it can hold")]
    [InlineData(55, "more than it can hold")]
    public async Task ASizeThatItCannotHoldIsRefusedBeforeRoomIsMadeForIt(int place, string expected)
    {
        byte[] whole = Pack(Some.Dataset(train: 2, test: 1, classes: 2, height: 18, width: 18));
        BitConverter.TryWriteBytes(whole.AsSpan(place), int.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => Read(whole, new string('0', 64)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    private static byte[] Pack(Dataset dataset) =>
        [.. new PackedDataset(dataset).Chunks(Enumerable.Range(0, DatasetChunks.Count(new PackedDataset(dataset).Length)).ToHashSet()).SelectMany(chunk => chunk.Bytes)];

    private static async Task<Dataset> Read(byte[] bytes, string sha256)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new PackedReader(piece => stream.ReadExactlyAsync(piece, TestContext.Current.CancellationToken), bytes.Length);
        return await reader.ReadAsync("mine", sha256);
    }
}
