using System.Collections.Immutable;
using Experiments.Grains.Datasets;
using Experiments.Grains.Storage;
using Experiments.Training.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Grains.Tests.Datasets;

/// <summary>Data of the user's own through the grains: sent by a client, submitted, trained on by a silo that never saw the files.</summary>
public sealed class DatasetGrainTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(), _cache = new();
    private readonly SmallDataset _files = new();
    private Dataset _dataset = null!;
    private PackedDataset _packed = null!;

    private DatasetReference Reference => (_files.Reference with { Sha256 = _dataset.Sha256, TrainImages = _dataset.Train.Count }).AsStored();

    public async ValueTask InitializeAsync()
    {
        _dataset = await Some.Loader().LoadAsync(_files.Reference, progress: null, Some.Token);
        _packed = new PackedDataset(_dataset);
    }

    [Fact]
    public async Task AClientSendsWhatIsMissingAndTheFilesAreNotWantedAnyMore()
    {
        await using var silo = await Start(slots: 1);
        using var client = await silo.Connect();
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IDatasetGrain>(GrainKeys.Dataset(_dataset.Sha256));
        Assert.Equal([0], await grain.GetMissing(_packed.Length, Some.Token));
        await Assert.ThrowsAsync<DatasetMissingException>(() => silo.Submit(Grid("early")));
        Assert.Null(await silo.Grid("early").GetOverview(Some.Token));

        await Send(grain);
        Assert.Empty(await grain.GetMissing(_packed.Length, Some.Token));
        Assert.Equal(_packed.Length, await grain.GetLength(Some.Token));
        Array.ForEach(Directory.GetFiles(Path.GetDirectoryName(_files.TrainImages)!), File.Delete);
        var stored = await silo.Train(Grid("stored"));

        Assert.Equal(_packed.Length, new FileInfo(_cache.File(_dataset.Sha256)).Length);
        var report = await new DatasetLoader(new DatasetOptions { CacheFolder = _folder.File("elsewhere") }, new StoredDatasets(client.Services.GetRequiredService<IClusterClient>()))
            .LoadAsync((await silo.Snapshot("stored")).Grid.Dataset, progress: null, Some.Token);
        Assert.True(report.Train.Pixels.SequenceEqual(_dataset.Train.Pixels));
        using var sameFiles = new SmallDataset();
        var read = await silo.Train(Grid("read") with { Dataset = sameFiles.Reference });
        Assert.Equal(read[0].WeightsSha256, stored[0].WeightsSha256);
    }

    [Fact]
    public async Task AGridBegunWithFilesTakesTheStoredContentAndKeepsIt()
    {
        await using var silo = await Start(slots: 0);
        var byFiles = Grid("grid") with { Dataset = _files.Reference with { Sha256 = _dataset.Sha256, TrainImages = _dataset.Train.Count } };
        await silo.Submit(byFiles);
        Assert.False((await silo.Snapshot("grid")).Grid.Dataset.IsStored);

        await Send(silo.Grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(_dataset.Sha256)));
        await silo.Submit(Grid("grid"));
        await silo.Submit(byFiles);

        var dataset = (await silo.Snapshot("grid")).Grid.Dataset;
        Assert.True(dataset.IsStored);
        Assert.Equal(new ImageFiles(), dataset.Files!.Train);
        Assert.Equal(_files.Reference.Files!.Classes, dataset.Files.Classes);
    }

    [Fact]
    public async Task DeleteOfTheLastGridFreesTheDatasetAndTheNextSubmitIsRefused()
    {
        await using var silo = await Start(slots: 0);
        var grain = silo.Grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(_dataset.Sha256));
        await Send(grain);
        foreach (string name in (string[])["one", "two"])
        {
            await silo.Submit(Grid(name));
            await silo.Grid(name).Control(ControlVerb.Cancel, null, Some.Token);
        }

        await silo.Grid("one").Delete(await silo.IdOf("one"), Some.Token);
        Assert.NotNull(await grain.GetLength(Some.Token));
        await silo.Grid("two").Delete(await silo.IdOf("two"), Some.Token);

        Assert.Null(await grain.GetLength(Some.Token));
        Assert.Null(await grain.Read(0, Some.Token));
        await Assert.ThrowsAsync<DatasetMissingException>(() => silo.Submit(Grid("three")));
    }

    [Fact]
    public async Task AnExperimentWhoseDataAreGoneFailsWithTheRemedyAndGoesOnOnceTheyAreBack()
    {
        await using var silo = await Start(slots: 1);
        var grain = silo.Grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(_dataset.Sha256));
        await Send(grain);
        // Damaged as it lies in the storage, which does not know of it.
        await Damage(silo);

        await silo.Submit(Grid("grid"));
        var failed = await silo.Until("grid", snapshot => snapshot.Grid.Status == GridStatus.Failed);
        Assert.Contains("the storage's copy is damaged", failed.Experiments[0].Error, StringComparison.Ordinal);
        Assert.Contains("submit the grid again from a machine that has its files, then retry it.", failed.Experiments[0].Error, StringComparison.Ordinal);

        Assert.Null(await grain.GetLength(Some.Token));
        await Send(grain);
        await silo.Submit(Grid("grid"));
        await silo.Grid("grid").Control(ControlVerb.Retry, null, Some.Token);
        await silo.UntilCompleted("grid");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        _cache.Dispose();
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task Damage(LiveSilo silo) =>
        await silo.Services.GetRequiredService<Database>().WriteAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE dataset_chunk SET content = CAST(substr(content, 1, length(content) - 1) || X'00' AS BLOB)";
                command.ExecuteNonQuery();
            },
            Some.Token);

    private async Task<LiveSilo> Start(int slots) => await LiveSilo.Start(_folder.Path, slots, services =>
        services.AddSingleton(new DatasetOptions { CacheFolder = _cache.Path }));

    private async Task Send(IDatasetGrain grain)
    {
        var missing = await grain.GetMissing(_packed.Length, Some.Token);
        foreach (var (number, bytes) in _packed.Chunks(missing.ToImmutableHashSet()))
        {
            await grain.Put(number, bytes, Some.Token);
        }

        Assert.True(await grain.Complete(_packed.Length, Some.Token));
    }

    private GridDefinition Grid(string name) => Some.Grid(name, Reference, Some.Experiment("one", Some.Config(epochs: 1)));
}
