using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Where Fashion-MNIST is looked for, in which order.</summary>
public sealed class DatasetLoaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Nothing to be found anywhere.</summary>
    private DatasetOptions Nowhere => new()
    {
        SystemFolder = _folder["system"], CacheFolder = _folder["cache"], Upstream = new Uri("http://127.0.0.1:1/"), AptGet = _folder["no-apt-get"],
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheRealOneIsWhatIsKnownOfIt()
    {
        var dataset = await FashionMnist.Required();

        Assert.Equal((60_000, 10_000, new ImageSize(28, 28)), (dataset.Train.Count, dataset.Test.Count, dataset.ImageSize));
        Assert.Equal(BuiltInDatasets.FashionMnist.Sha256, ContentHash.Compute(dataset.Classes, dataset.Train, dataset.Test));
        Assert.Equal(Enumerable.Repeat(6_000, 10), ClassDistribution.Count(dataset.Train.Labels, 10));
        Assert.Equal(Enumerable.Repeat(1_000, 10), ClassDistribution.Count(dataset.Test.Labels, 10));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], dataset.Train.Labels[..10].ToArray());
    }

    [Fact]
    public async Task TheSystemsFolderComesBeforeTheCacheAndAGivenOneBeforeBoth()
    {
        var options = Nowhere with { SystemFolder = FashionMnist.RequiredFolder() };

        Assert.Equal(60_000, (await Load(options)).Train.Count);
        Assert.False(Directory.Exists(_folder["cache"]));
        await Assert.ThrowsAsync<DatasetException>(() => Load(options with { DataFolder = _folder["given"] }));
    }

    [Fact]
    public async Task ADamagedSystemFolderIsPassedOverAndTheDatasetFetched()
    {
        string real = FashionMnist.RequiredFolder();
        Directory.CreateDirectory(_folder["system"]);
        using var server = LocalServer.Of(BuiltInDatasets.FashionMnist.Files.ToDictionary(file => file.Name, file => File.ReadAllBytes(Path.Combine(real, file.Name))));
        var told = new List<string>();
        var options = Nowhere with { Upstream = server.Address };

        var dataset = await new DatasetLoader(options).LoadAsync(BuiltInDatasets.FashionMnist.Reference, new Told(told), Stop);
        var cached = await Load(options with { Upstream = Nowhere.Upstream });

        Assert.Equal(BuiltInDatasets.FashionMnist.Sha256, dataset.Sha256);
        Assert.Equal(BuiltInDatasets.FashionMnist.Sha256, cached.Sha256);
        Assert.Equal(4, server.Requests.Count);
        Assert.StartsWith($"passing over {_folder["system"]}: {_folder["system"]}: lacks train-images-idx3-ubyte.gz,", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FoundNowhereEveryPlaceAndTheRemedyAreTold()
    {
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(Nowhere));

        string[] lines = fault.Message.Split(Environment.NewLine);
        Assert.Equal("fashion-mnist was not found, and could not be fetched:", lines[0]);
        Assert.Equal($"  {_folder["system"]}: no such folder", lines[1]);
        Assert.StartsWith("  http://127.0.0.1:1/: train-images-idx3-ubyte.gz: Connection refused", lines[2], StringComparison.Ordinal);
        Assert.Equal($"  Debian package dataset-fashion-mnist: there is no program {_folder["no-apt-get"]} on this machine", lines[3]);
        Assert.Equal("Install it (apt install dataset-fashion-mnist), or name a folder that holds it (--data DIR).", lines[4]);
    }

    [Fact]
    public async Task AGivenFolderIsTheOnlyPlaceAndWhatItLacksIsTold()
    {
        Assert.Equal($"{_folder["given"]}: no such folder; name the one that holds fashion-mnist.", await Fault());

        Directory.CreateDirectory(_folder["given"]);
        Assert.StartsWith($"{_folder["given"]}: lacks train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz. Wanted are", await Fault(), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(_folder["given"], "fashion-mnist_train.csv"), "label");
        Assert.StartsWith($"{_folder["given"]}: lacks fashion-mnist_test.csv. Wanted are", await Fault(), StringComparison.Ordinal);

        async Task<string> Fault() => (await Assert.ThrowsAsync<DatasetException>(() => Load(Nowhere with { DataFolder = _folder["given"] }))).Message;
    }

    [Fact]
    public async Task KagglesFilesAreTakenWhereTheyAreComplete()
    {
        var dataset = await FashionMnist.Required();
        Directory.CreateDirectory(_folder["given"]);
        File.WriteAllText(_folder["given/fashion-mnist_train.csv"], Files.Csv(Reversed(dataset.Train)));
        File.WriteAllText(_folder["given/fashion-mnist_test.csv"], Files.Csv(dataset.Test));
        var options = Nowhere with { DataFolder = _folder["given"] };

        var read = await new DatasetLoader(options).LoadAsync(new DatasetReference { Name = "fashion-mnist" }, progress: null, Stop);

        Assert.Equal(Reversed(dataset.Train).Pixels.ToArray(), read.Train.Pixels.ToArray());
        Assert.Equal(dataset.Test.Labels.ToArray(), read.Test.Labels.ToArray());
        Assert.NotEqual(dataset.Sha256, read.Sha256);

        File.WriteAllText(_folder["given/fashion-mnist_test.csv"], Files.Csv(Some.Images(50)));
        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(options));
        Assert.Matches(@"fashion-mnist_test\.csv: holds \d images of class 0 \(T-shirt/top\), where fashion-mnist has 1000; fetch it again", fault.Message);
    }

    [Fact]
    public async Task AnUnknownNameIsRefused()
    {
        var fault = await Assert.ThrowsAsync<DatasetException>(
            () => new DatasetLoader(Nowhere).LoadAsync(new DatasetReference { Name = "mnist" }, progress: null, Stop));
        Assert.Equal("dataset mnist: is not known by name, as fashion-mnist is; describe data of your own with name, classes, train and test.", fault.Message);
    }

    private static Task<Dataset> Load(DatasetOptions options) =>
        new DatasetLoader(options).LoadAsync(BuiltInDatasets.FashionMnist.Reference, progress: null, Stop);

    /// <summary>In another order, as Kaggle's are.</summary>
    private static ImageSet Reversed(ImageSet images) => new(
        images.Height,
        images.Width,
        [.. Enumerable.Range(0, images.Count).Reverse().SelectMany(i => images.Image(i).ToArray())],
        [.. images.Labels.ToArray().Reverse()]);

    private sealed class Told(List<string> activities) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value)
        {
            lock (activities)
                activities.Add(value.Activity);
        }
    }
}
