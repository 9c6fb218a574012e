using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Data that users sent: taken from the storage once, kept whole or not at all, and never trained on where it is damaged.</summary>
public sealed class StoredDatasetTests : IDisposable
{
    private static readonly Dataset Sent = Some.Dataset(train: 3_000, test: 500, classes: 3, height: 20, width: 18);
    private static readonly DatasetReference Reference = new DatasetReference { Name = "mine", Sha256 = Sent.Sha256 }.AsStored();

    private readonly TempFolder _folder = new();
    private readonly Storage _storage = new(Sent);
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    private string Cached => Path.Combine(_folder["cache"], Sent.Sha256);

    [Fact]
    public async Task TakenOnceItIsReadFromTheCacheAfterwards()
    {
        var taken = await Load();
        var read = await Load();

        Assert.Equal(("mine", Sent.Sha256), (taken.Name, taken.Sha256));
        Assert.True(taken.Train.Pixels.SequenceEqual(Sent.Train.Pixels) && read.Test.Pixels.SequenceEqual(Sent.Test.Pixels));
        Assert.Equal([0, 1], _storage.Read);
        Assert.Equal(new PackedDataset(Sent).Length, new FileInfo(Cached).Length);
        Assert.False(File.Exists(Cached + ".partial"));
        Assert.Contains("taking mine from the storage", _told);
    }

    [Fact]
    public async Task ADamagedOrHalfWrittenFileIsTakenAgain()
    {
        await Load();
        byte[] whole = await File.ReadAllBytesAsync(Cached, TestContext.Current.CancellationToken);

        foreach (byte[] damaged in (byte[][])[[], whole[..1000], [.. whole[..^1], (byte)~whole[^1]], [.. whole, 0]])
        {
            await File.WriteAllBytesAsync(Cached, damaged, TestContext.Current.CancellationToken);
            _storage.Read.Clear();

            Assert.True((await Load()).Test.Pixels.SequenceEqual(Sent.Test.Pixels));
            Assert.Equal([0, 1], _storage.Read);
            Assert.True((await File.ReadAllBytesAsync(Cached, TestContext.Current.CancellationToken)).SequenceEqual(whole));
        }

        Assert.Contains(_told, activity => activity.StartsWith("taking mine from the storage again: the cached copy is damaged: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeveralOfOneMachineAtOnceTakeItOnce()
    {
        var datasets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Load, TestContext.Current.CancellationToken)));

        Assert.All(datasets, dataset => Assert.Equal(Sent.Sha256, dataset.Sha256));
        Assert.Equal([0, 1], _storage.Read);
    }

    [Fact]
    public async Task WhatTheStorageHasNotIsSaidWithTheRemedy()
    {
        _storage.Chunks.Clear();

        var fault = await Assert.ThrowsAsync<DatasetException>(Load);

        Assert.Equal($"dataset mine ({Sent.Sha256}): is not in the storage; submit the grid again from a machine that has its files, then retry it.", fault.Message);
        Assert.False(File.Exists(Cached));
    }

    [Fact]
    public async Task WhatTheStorageLosesMeanwhileLeavesNothingInTheCache()
    {
        _storage.Chunks.RemoveAt(1);

        await Assert.ThrowsAsync<DatasetException>(Load);

        Assert.Equal([Sent.Sha256 + ".lock"], Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ADamagedStorageIsHadToCheckItselfAndNothingIsKept()
    {
        _storage.Chunks[1][5] ^= 1;

        var fault = await Assert.ThrowsAsync<DatasetException>(Load);

        Assert.Contains("the storage's copy is damaged (its SHA-256 is ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _storage.Verifications);
        Assert.Equal([Sent.Sha256 + ".lock"], Directory.GetFiles(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task WithoutACacheItIsTakenAllTheSame()
    {
        await File.WriteAllTextAsync(_folder["cache"], "a file", TestContext.Current.CancellationToken);

        Assert.True((await Load()).Train.Pixels.SequenceEqual(Sent.Train.Pixels));
        Assert.Contains(_told, activity => activity.StartsWith($"{_folder["cache"]}: cannot be written (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereTheFileCannotBeWrittenItIsTakenAllTheSame()
    {
        Directory.CreateDirectory(Cached + ".partial");

        Assert.True((await Load()).Train.Pixels.SequenceEqual(Sent.Train.Pixels));
        Assert.Contains(_told, activity => activity.StartsWith($"{Cached}: cannot be written (", StringComparison.Ordinal));
        Assert.False(File.Exists(Cached));
    }

    [Fact]
    public async Task AFaultOfTheStorageIsNoFaultOfTheData()
    {
        _storage.Fault = new TimeoutException("The server is away.");

        await Assert.ThrowsAsync<TimeoutException>(Load);

        _storage.Fault = null;
        Assert.Equal(Sent.Sha256, (await Load()).Sha256);
    }

    [Fact]
    public async Task AWireIdThatIsNoSha256IsNeverAPath()
    {
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Loader().LoadAsync(
            new DatasetReference { Name = "mine", Sha256 = "../escaped", IsStored = true }, progress: null, TestContext.Current.CancellationToken));

        Assert.Contains("'../escaped' is no SHA-256", fault.Message, StringComparison.Ordinal);
    }

    private DatasetLoader Loader() => new(new DatasetOptions { CacheFolder = _folder["cache"] }, _storage);

    private Task<Dataset> Load() => Loader().LoadAsync(Reference, new Told(this), TestContext.Current.CancellationToken);

    private sealed class Told(StoredDatasetTests test) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value)
        {
            lock (test._told)
                test._told.Add(value.Activity);
        }
    }

    /// <summary>A storage in memory.</summary>
    private sealed class Storage(Dataset sent) : IStoredDatasets
    {
        public List<byte[]> Chunks { get; } = [.. new PackedDataset(sent).Chunks(new HashSet<int> { 0, 1 }).Select(chunk => chunk.Bytes)];

        public List<int> Read { get; } = [];

        public int Verifications { get; private set; }

        public Exception? Fault { get; set; }

        public Task<long?> GetLengthAsync(string sha256, CancellationToken cancellationToken) =>
            Task.FromResult(Chunks.Count > 0 && sha256 == sent.Sha256 ? new PackedDataset(sent).Length : (long?)null);

        public Task<byte[]?> ReadChunkAsync(string sha256, int number, CancellationToken cancellationToken)
        {
            lock (Read)
                Read.Add(number);
            return Fault is null ? Task.FromResult(Chunks.ElementAtOrDefault(number)) : Task.FromException<byte[]?>(Fault);
        }

        public Task VerifyAsync(string sha256, long length, CancellationToken cancellationToken)
        {
            Verifications++;
            return Task.CompletedTask;
        }
    }
}
