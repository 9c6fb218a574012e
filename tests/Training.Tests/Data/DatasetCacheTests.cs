using System.Diagnostics;
using System.Globalization;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Fetching a built-in dataset: from a web server, from a Debian package, whole or not at all.</summary>
public sealed class DatasetCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly BuiltInDataset _dataset;
    private readonly Dictionary<string, byte[]> _files;
    private readonly List<string> _activities = [];

    public DatasetCacheTests() => (_dataset, _files) = Files.BuiltIn();

    private string Cached => Path.Combine(_folder["cache"], _dataset.Name);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FetchedOnceItIsReadFromTheFolderAfterwards()
    {
        using var server = LocalServer.Of(_files);

        var fetched = await Load(server);
        var read = await Load(server);

        Assert.Equal(_dataset.Sha256, fetched.Sha256);
        Assert.Equal(ContentHash.Compute(fetched.Classes, fetched.Train, fetched.Test), fetched.Sha256);
        Assert.Equal(fetched.Train.Pixels.ToArray(), read.Train.Pixels.ToArray());
        Assert.Equal(_files.Keys.Order(), server.Requests.Order());
        Assert.Equal(_files.Keys.Order(), Directory.GetFiles(Cached).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Cached + ".partial"));
        Assert.Contains("downloading train-images.gz", _activities);
    }

    [Theory]
    [InlineData("mirror")]
    [InlineData("mirror/")]
    public async Task FileNamesAreAppendedToTheAddress(string folder)
    {
        using var server = new LocalServer((name, stream, stop) => LocalServer.Ok(stream, _files[Path.GetFileName(name)], stop));

        await Load(new Uri(server.Address, folder));

        Assert.All(server.Requests, request => Assert.StartsWith("mirror/t", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing", "the server answered 404 Not Found")]
    [InlineData("truncated", "the connection broke (")]
    [InlineData("wrong", "its unpacked content has the SHA-256")]
    [InlineData("web page", "is no IDX file of images: it starts with 3C68746D")]
    [InlineData("endless", "the server sends more than the 38896 bytes that the file has unpacked")]
    [InlineData("closes", "test-images.gz: ")]
    public async Task AServerThatMisbehavesIsToldAndNothingIsKept(string behaviour, string reason)
    {
        using var server = Misbehaving("test-images.gz", behaviour);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server));

        Assert.StartsWith($"{server.Address}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("test-images.gz: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(_folder["cache"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("stalls")]
    public async Task AServerThatFallsSilentIsGivenUp(string behaviour)
    {
        using var server = Misbehaving("train-images.gz", behaviour);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, stallTimeout: TimeSpan.FromSeconds(0.3)));

        Assert.Equal($"{server.Address}: train-images.gz: no byte came for 0.3 s", fault.Message);
    }

    [Fact]
    public async Task AServerThatIsNotThereIsTold()
    {
        Uri address;
        using (var server = LocalServer.Of(_files))
            address = server.Address;

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(address));

        Assert.StartsWith($"{address}: train-images.gz: Connection refused", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHalfWrittenOrDamagedFolderIsFetchedAgain()
    {
        using var server = LocalServer.Of(_files);
        await Load(server);

        foreach (Action damage in (Action[])[
            () => File.Delete(Path.Combine(Cached, "test-labels.gz")),
            () => File.WriteAllBytes(Path.Combine(Cached, "train-images.gz"), _files["train-images.gz"][..1000]),
            () => File.WriteAllBytes(Path.Combine(Cached, "train-labels.gz"), _files["test-labels.gz"]),
            () => Directory.Move(Cached, Cached + ".partial"),
        ])
        {
            damage();
            server.Requests.Clear();

            Assert.Equal(_dataset.Sha256, (await Load(server)).Sha256);
            Assert.Equal(4, server.Requests.Count);
            Assert.False(Directory.Exists(Cached + ".partial"));
        }

        Assert.Contains(_activities, activity => activity.StartsWith("fetching tiny again: the cached copy is damaged: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeveralLoadersAtOnceFetchItOnce()
    {
        using var server = LocalServer.Of(_files);

        var datasets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Load(server), Stop)));

        Assert.All(datasets, dataset => Assert.Equal(_dataset.Sha256, dataset.Sha256));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task WhileAnotherProcessFetchesItIsWaitedFor()
    {
        using var server = LocalServer.Of(_files);
        Directory.CreateDirectory(_folder["cache"]);
        using var other = Process.Start(new ProcessStartInfo("flock", [Cached + ".lock", "sh", "-c", "echo held; read line"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync(Stop));
        var waiting = new TaskCompletionSource();
        var loading = Load(server.Address, new Reports(progress =>
        {
            if (progress.Activity.StartsWith("waiting for another process that is fetching tiny", StringComparison.Ordinal))
                waiting.SetResult();
        }));

        await waiting.Task.WaitAsync(Stop);
        Assert.Empty(server.Requests);
        other.StandardInput.Close();

        Assert.Equal(_dataset.Sha256, (await loading).Sha256);
        await other.WaitForExitAsync(Stop);
    }

    [Fact]
    public async Task AStopEndsADownloadAndKeepsNothing()
    {
        using var stop = new CancellationTokenSource();
        using var server = Misbehaving("test-images.gz", "stalls");
        var cache = new DatasetCache(_dataset, _folder["cache"], [new UpstreamSource(_dataset, server.Address, TimeSpan.FromMinutes(5))]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.LoadAsync(
            new Reports(progress =>
            {
                if (progress.Activity == "downloading test-images.gz")
                    stop.Cancel();
            }),
            stop.Token));

        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AStopEndsAptGetWithAllItStarted()
    {
        using var stop = new CancellationTokenSource();
        string aptGet = FakeAptGet.Write(_folder, $"echo $$ > '{_folder["started"]}.new'; mv '{_folder["started"]}.new' '{_folder["started"]}'; sleep 600 & wait");
        var loading = new DatasetCache(_dataset, _folder["cache"], [new DebianPackageSource(_dataset, aptGet)]).LoadAsync(progress: null, stop.Token);
        while (!File.Exists(_folder["started"]))
            await Task.Delay(10, Stop);

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        int started = int.Parse(File.ReadAllText(_folder["started"]), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(started));
        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(_folder["cache"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AFolderWithoutPermissionIsNamedWithTheRemedy()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere");
        using var server = LocalServer.Of(_files);
        Directory.CreateDirectory(_folder["cache"]);
        SetMode(_folder["cache"], "a-w");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server));

        SetMode(_folder["cache"], "u+w");
        Assert.StartsWith($"{_folder["cache"]}: cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamedWithTheRemedy()
    {
        using var server = LocalServer.Of(_files);
        File.WriteAllText(_folder["cache"], "a file");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server));

        Assert.StartsWith($"{_folder["cache"]}: cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("make room or make it writable, or set XDG_CACHE_HOME to another folder", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ThePackageIsTheNextSource()
    {
        using var server = Misbehaving("train-labels.gz", "missing");
        string package = FakeAptGet.Package(_folder, _files);

        var dataset = await Load(server.Address, aptGet: FakeAptGet.Write(_folder, download: $"cp '{package}' ."));

        Assert.Equal(_dataset.Sha256, dataset.Sha256);
        Assert.Equal(_files.Keys.Order(), Directory.GetFiles(Cached).Select(Path.GetFileName).Order());
        Assert.Equal(["download dataset-tiny"], File.ReadAllLines(_folder["apt-get.log"]));
    }

    [Fact]
    public async Task WithoutPackageListsItFetchesItsOwn()
    {
        using var server = Misbehaving("train-labels.gz", "missing");
        string package = FakeAptGet.Package(_folder, _files), lists = _folder["lists-are-here"];

        await Load(server.Address, aptGet: FakeAptGet.Write(
            _folder, download: $"test -e '{lists}' || {{ echo 'E: Unable to locate package dataset-tiny' >&2; exit 100; }}\ncp '{package}' .", update: $"touch '{lists}'"));

        string[] log = File.ReadAllLines(_folder["apt-get.log"]);
        Assert.Equal(3, log.Length);
        Assert.Matches("^-o Dir::State::Lists=.*lists -o Dir::Cache=.*cache -o APT::Sandbox::User=root update$", log[1]);
        Assert.EndsWith("download dataset-tiny", log[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'E: Unable to locate package' >&2; exit 100", "ended with code 100: E: Unable to locate package")]
    [InlineData("exit 0", "said it downloaded the package, but left no file")]
    [InlineData("echo no package > some.deb", "dpkg-deb ended with code 2: ")]
    public async Task APackageThatCannotBeHadIsToldBesideTheServer(string download, string reason)
    {
        using var server = Misbehaving("train-images.gz", "missing");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: FakeAptGet.Write(_folder, download, update: "exit 0")));

        string[] lines = fault.Message.Split(Environment.NewLine);
        Assert.Equal($"{server.Address}: train-images.gz: the server answered 404 Not Found", lines[0]);
        Assert.StartsWith("Debian package dataset-tiny: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(reason, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task APackageWithoutTheFilesOrWithOthersIsRefused()
    {
        using var server = Misbehaving("train-images.gz", "missing");
        string aptGet = FakeAptGet.Write(_folder, $"cp '{_folder["dataset-tiny_1_all.deb"]}' .");

        FakeAptGet.Package(_folder, new() { ["other"] = [1] });
        Assert.Contains("the package holds no train-images.gz", (await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: aptGet))).Message, StringComparison.Ordinal);

        FakeAptGet.Package(_folder, new(_files) { ["test-images.gz"] = Files.Gzip([1, 2, 3]) });
        Assert.Contains("is no IDX file of images", (await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: aptGet))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineWithoutAptGetSaysSo()
    {
        using var server = Misbehaving("train-images.gz", "missing");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: _folder["no-such-program"]));

        Assert.EndsWith($"Debian package dataset-tiny: there is no program {_folder["no-such-program"]} on this machine", fault.Message, StringComparison.Ordinal);
    }

    private static void SetMode(string path, string mode)
    {
        using var chmod = Process.Start("chmod", [mode, path]);
        chmod.WaitForExit();
    }

    private LocalServer Misbehaving(string file, string behaviour) => new(async (name, stream, stop) =>
    {
        byte[] content = _files[name];
        string head = $"200 OK\r\nContent-Length: {content.Length}";
        switch (name == file ? behaviour : "good")
        {
            case "missing":
                await LocalServer.Send(stream, "404 Not Found\r\nContent-Length: 0", [], stop);
                break;
            case "truncated":
                await LocalServer.Send(stream, head, content[..100], stop);
                break;
            case "wrong":
                await LocalServer.Ok(stream, Files.Gzip(Files.IdxImages(Some.Images(120, 2, 18, 18, seed: 3))), stop);
                break;
            case "web page":
                await LocalServer.Ok(stream, "<html>"u8.ToArray(), stop);
                break;
            case "silent":
                await Task.Delay(Timeout.Infinite, stop);
                break;
            case "stalls":
                await LocalServer.Send(stream, head, content[..100], stop);
                await Task.Delay(Timeout.Infinite, stop);
                break;
            case "endless":
                await LocalServer.Send(stream, "200 OK", [], stop);
                while (true)
                    await stream.WriteAsync(new byte[4096], stop);
            case "closes":
                break;
            default:
                await LocalServer.Ok(stream, content, stop);
                break;
        }
    });

    private Task<Dataset> Load(LocalServer server) => Load(server.Address);

    private Task<Dataset> Load(Uri upstream, IProgress<DatasetProgress>? progress = null, string? aptGet = null, TimeSpan? stallTimeout = null)
    {
        List<IDatasetSource> sources = [new UpstreamSource(_dataset, upstream, stallTimeout ?? TimeSpan.FromMinutes(5))];
        if (aptGet is not null)
            sources.Add(new DebianPackageSource(_dataset, aptGet));
        return new DatasetCache(_dataset, _folder["cache"], sources).LoadAsync(progress ?? new Reports(Remember), Stop);
    }

    private void Remember(DatasetProgress progress)
    {
        lock (_activities)
            _activities.Add(progress.Activity);
    }

    /// <summary>Tells at once, on the reporting thread.</summary>
    private sealed class Reports(Action<DatasetProgress> tell) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value) => tell(value);
    }
}
