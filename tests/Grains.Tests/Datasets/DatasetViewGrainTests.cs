using System.Collections.Immutable;
using Experiments.Training.Data;
using Experiments.Training.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.Grains.Tests.Datasets;

/// <summary>A dataset as the dashboard sees it: a client that has neither the files nor libtorch.</summary>
public sealed class DatasetViewGrainTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(), _cache = new();
    private readonly SmallDataset _files = new();
    private Dataset _dataset = null!;
    private LiveSilo _silo = null!;
    private IHost _client = null!;

    private IDatasetViewGrain View => _client.Services.GetRequiredService<IClusterClient>().GetGrain<IDatasetViewGrain>(0);

    public async ValueTask InitializeAsync()
    {
        _dataset = await Some.Loader().LoadAsync(_files.Reference, progress: null, Some.Token);
        _silo = await LiveSilo.Start(_folder.Path, slots: 0, services => services.AddSingleton(new DatasetOptions { CacheFolder = _cache.Path }));
        _client = await _silo.Connect();
    }

    [Fact]
    public async Task ASummaryCountsTheImagesOfEachClassAsTheSplitDividesThem()
    {
        var split = new SplitConfig { Validation = 0.3, Seed = 7 };
        var divided = TrainTestSplit.Create(300, 0.3, 7);

        var summary = await View.Summarize(_files.Reference, split, Some.Token);

        Assert.Equal(("stripes", _dataset.Sha256, new ImageSize(18, 18)), (summary.Name, summary.Sha256, summary.ImageSize));
        Assert.Equal(["lying", "standing", "slanting"], summary.Classes);
        Assert.Equal((210, 90, 60), (summary.Train.Sum(), summary.Validation.Sum(), summary.Test.Sum()));
        Assert.Equal(Enumerable.Range(0, 3).Select(label => divided.Train.Count(index => index % 3 == label)), summary.Train);
        Assert.Equal(Enumerable.Range(0, 3).Select(label => divided.Validation.Count(index => index % 3 == label)), summary.Validation);
        Assert.Equal([20, 20, 20], summary.Test);
    }

    [Theory]
    [InlineData(DatasetPart.Train)]
    [InlineData(DatasetPart.Test)]
    public async Task ImagesComeInTheOrderAskedForWithTheirLabels(DatasetPart part)
    {
        var images = part == DatasetPart.Train ? _dataset.Train : _dataset.Test;

        var read = await View.ReadImages(_files.Reference, part, [59, 0, 31, 0], Some.Token);

        Assert.Equal(new ImageSize(18, 18), read.Size);
        Assert.Equal([59 % 3, 0, 31 % 3, 0], read.Labels);
        Assert.Equal([.. images.Image(59), .. images.Image(0), .. images.Image(31), .. images.Image(0)], read.Pixels);
        Assert.Empty((await View.ReadImages(_files.Reference, part, [], Some.Token)).Pixels);
    }

    [Fact]
    public async Task SamplesAreTheFirstTrainingImagesOfEachClass()
    {
        Assert.Equal([[0, 3, 6], [1, 4, 7], [2, 5, 8]], await View.FindSamples(_files.Reference, perClass: 3, Some.Token));
        Assert.Equal([20, 20, 20], (await View.FindSamples(_files.Reference, perClass: 20, Some.Token)).Select(indices => indices.Length));
    }

    [Fact]
    public async Task TheModelIsThatOfTheDatasetsSizeAndClassesAndTheGivenRates()
    {
        var config = new ExperimentConfig { Dropout = new() { Conv2 = 0.5 } };

        var layers = await View.SummarizeModel(_files.Reference, config, Some.Token);

        Assert.Equivalent(ModelSummary.Of(ModelConfig.LayersOf(config), new ImageSize(18, 18), 3), layers, strict: true);
        Assert.Contains(layers, layer => layer.Name == "dropout2");
    }

    [Fact]
    public async Task WhatIsInTheStorageIsShownWithoutTheFiles()
    {
        var packed = new PackedDataset(_dataset);
        var grain = _silo.Grains.GetGrain<IDatasetGrain>(GrainKeys.Dataset(_dataset.Sha256));
        foreach (var (number, bytes) in packed.Chunks((await grain.GetMissing(packed.Length, Some.Token)).ToImmutableHashSet()))
        {
            await grain.Put(number, bytes, Some.Token);
        }

        Assert.True(await grain.Complete(packed.Length, Some.Token));
        File.Delete(_files.TrainImages);

        var stored = (_files.Reference with { Sha256 = _dataset.Sha256, TrainImages = 300 }).AsStored();
        Assert.Equal(_dataset.Test.Image(5).ToArray(), (await View.ReadImages(stored, DatasetPart.Test, [5], Some.Token)).Pixels);
    }

    [Fact]
    public async Task DataThatAreMissingAreNamedToTheClient()
    {
        File.Delete(_files.TrainImages);

        var missing = await Assert.ThrowsAsync<DatasetUnreadableException>(() => View.Summarize(_files.Reference, new SplitConfig(), Some.Token));
        var unknown = await Assert.ThrowsAsync<DatasetUnreadableException>(() => View.FindSamples(new DatasetReference { Name = "nothing" }, 1, Some.Token));

        Assert.Contains(_files.TrainImages, missing.Message, StringComparison.Ordinal);
        Assert.StartsWith("dataset nothing: is not known by name", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsOutOfRangeIsRefusedWithTheRange()
    {
        await Refused("1001 images were asked for at once: ask for at most 1000.", () => Read([.. Enumerable.Repeat(0, 1001)]));
        await Refused("There is no image 60: the last of the part is 59.", () => Read([0, 60]));
        await Refused("There is no image -1: the last of the part is 59.", () => Read([-1]));
        await Refused("0 samples of each class were asked for: ask for 1 to 20.", () => View.FindSamples(_files.Reference, 0, Some.Token));
        await Refused("21 samples of each class were asked for: ask for 1 to 20.", () => View.FindSamples(_files.Reference, 21, Some.Token));
        await Refused("The share of validation must be above 0 and below 1.", () => View.Summarize(_files.Reference, new SplitConfig { Validation = 1 }, Some.Token));
        Assert.Equal(1000, (await View.ReadImages(_files.Reference, DatasetPart.Test, [.. Enumerable.Repeat(0, 1000)], Some.Token)).Labels.Length);

        Task Read(ImmutableArray<int> indices) => View.ReadImages(_files.Reference, DatasetPart.Test, indices, Some.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync(CancellationToken.None);
        _client.Dispose();
        await _silo.DisposeAsync();
        _folder.Dispose();
        _cache.Dispose();
        _files.Dispose();
    }

    private static async Task Refused(string reason, Func<Task> ask) =>
        Assert.StartsWith(reason, (await Assert.ThrowsAnyAsync<ArgumentException>(ask)).Message, StringComparison.Ordinal);
}
