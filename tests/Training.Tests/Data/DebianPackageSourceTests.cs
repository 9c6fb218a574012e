using System.Diagnostics;
using System.Globalization;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Fetching a Debian package where the web server fails.</summary>
public sealed class DebianPackageSourceTests : FetchingTests
{
    [Fact]
    public async Task ThePackageIsTheNextSource()
    {
        using var server = Misbehaving("train-labels.gz", "missing");
        string package = FakeAptGet.Package(Folder, Packed);

        var dataset = await Load(server.Address, aptGet: FakeAptGet.Write(Folder, download: $"cp '{package}' ."));

        Assert.Equal(Dataset.Sha256, dataset.Sha256);
        Assert.Equal(Packed.Keys.Order(), Directory.GetFiles(Cached).Select(Path.GetFileName).Order());
        Assert.Equal(["download dataset-tiny"], File.ReadAllLines(Folder["apt-get.log"]));
    }

    [Fact]
    public async Task WithoutPackageListsItFetchesItsOwn()
    {
        using var server = Misbehaving("train-labels.gz", "missing");
        string package = FakeAptGet.Package(Folder, Packed), lists = Folder["lists-are-here"];

        await Load(server.Address, aptGet: FakeAptGet.Write(
            Folder, download: $"test -e '{lists}' || {{ echo 'E: Unable to locate package dataset-tiny' >&2; exit 100; }}\ncp '{package}' .", update: $"touch '{lists}'"));

        string[] log = File.ReadAllLines(Folder["apt-get.log"]);
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

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: FakeAptGet.Write(Folder, download, update: "exit 0")));

        string[] lines = fault.Message.Split(Environment.NewLine);
        Assert.Equal($"{server.Address}: train-images.gz: the server answered 404 Not Found", lines[0]);
        Assert.StartsWith("Debian package dataset-tiny: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(reason, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task APackageWithoutTheFilesOrWithOthersIsRefused()
    {
        using var server = Misbehaving("train-images.gz", "missing");
        string aptGet = FakeAptGet.Write(Folder, $"cp '{Folder["dataset-tiny_1_all.deb"]}' .");

        FakeAptGet.Package(Folder, new() { ["other"] = [1] });
        Assert.Contains("the package holds no train-images.gz", (await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: aptGet))).Message, StringComparison.Ordinal);

        FakeAptGet.Package(Folder, new(Packed) { ["test-images.gz"] = Files.Gzip([1, 2, 3]) });
        Assert.Contains("is no IDX file of images", (await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: aptGet))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineWithoutAptGetSaysSo()
    {
        using var server = Misbehaving("train-images.gz", "missing");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, aptGet: Folder["no-such-program"]));

        Assert.EndsWith($"Debian package dataset-tiny: there is no program {Folder["no-such-program"]} on this machine", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStopEndsAptGetWithAllItStarted()
    {
        using var stop = new CancellationTokenSource();
        string aptGet = FakeAptGet.Write(Folder, $"echo $$ > '{Folder["started"]}.new'; mv '{Folder["started"]}.new' '{Folder["started"]}'; sleep 600 & wait");
        var loading = new DatasetCache(Dataset, Folder["cache"], [new DebianPackageSource(Dataset, aptGet)]).LoadAsync(progress: null, stop.Token);
        while (!File.Exists(Folder["started"]))
            await Task.Delay(10, Stop);

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        int started = int.Parse(File.ReadAllText(Folder["started"]), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(started));
        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(Folder["cache"]).Select(Path.GetFileName));
    }
}
