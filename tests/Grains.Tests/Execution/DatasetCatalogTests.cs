using Experiments.Grains.Execution;
using Experiments.Training.Data;

namespace Experiments.Grains.Tests.Execution;

public sealed class DatasetCatalogTests : IDisposable
{
    private readonly SmallDataset _data = new();

    [Fact]
    public async Task OneThatGoesAwayDoesNotEndTheLoadingThatOthersWaitFor()
    {
        var known = _data.Reference with { Sha256 = (await Some.Loader().LoadAsync(_data.Reference, null, Some.Token)).Sha256 };
        var catalog = new DatasetCatalog(Some.Loader());

        var gone = catalog.Get(known, progress: null, new CancellationToken(canceled: true));
        var other = catalog.Get(known, progress: null, Some.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(300, (await other).Train.Count);
    }

    [Fact]
    public async Task OneCopyServesAllThatTrainOnTheSameContent()
    {
        var catalog = new DatasetCatalog(Some.Loader());
        var first = await catalog.Get(_data.Reference, progress: null, Some.Token);

        Assert.Same(first, await catalog.Get(_data.Reference, progress: null, Some.Token));
        Assert.Same(first, await catalog.Get(_data.Reference with { Sha256 = first.Sha256 }, progress: null, Some.Token));
        Assert.Same(
            (await catalog.Get(_data.Reference, new SplitConfig(), progress: null, Some.Token)).Split,
            (await catalog.Get(_data.Reference, new SplitConfig(), progress: null, Some.Token)).Split);
    }

    [Fact]
    public async Task OtherFilesUnderTheSameNameAreOtherData()
    {
        var catalog = new DatasetCatalog(Some.Loader());
        var first = await catalog.Get(_data.Reference, progress: null, Some.Token);
        byte[] images = await File.ReadAllBytesAsync(_data.TrainImages, Some.Token);
        images[^1] ^= 1;
        await File.WriteAllBytesAsync(_data.TrainImages, images, Some.Token);

        Assert.NotEqual(first.Sha256, (await catalog.Get(_data.Reference, progress: null, Some.Token)).Sha256);
        await Assert.ThrowsAsync<DatasetException>(() => catalog.Get(_data.Reference with { Sha256 = new string('0', 64) }, progress: null, Some.Token));
    }

    public void Dispose() => _data.Dispose();
}
