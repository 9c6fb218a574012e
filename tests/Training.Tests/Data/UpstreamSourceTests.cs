using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Fetching from a web server, and from one that misbehaves.</summary>
public sealed class UpstreamSourceTests : FetchingTests
{
    [Theory]
    [InlineData("mirror")]
    [InlineData("mirror/")]
    public async Task FileNamesAreAppendedToTheAddress(string folder)
    {
        using var server = new LocalServer((name, stream, stop) => LocalServer.Ok(stream, Packed[Path.GetFileName(name)], stop));

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
        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(Folder["cache"]).Select(Path.GetFileName));
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
        using (var server = LocalServer.Of(Packed))
            address = server.Address;

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(address));

        Assert.StartsWith($"{address}: train-images.gz: Connection refused", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStopEndsADownloadAndKeepsNothing()
    {
        using var stop = new CancellationTokenSource();
        using var server = Misbehaving("test-images.gz", "stalls");
        var cache = new DatasetCache(Dataset, Folder["cache"], [new UpstreamSource(Dataset, server.Address, TimeSpan.FromMinutes(5))]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.LoadAsync(
            new Reports(progress =>
            {
                if (progress.Activity == "downloading test-images.gz")
                    stop.Cancel();
            }),
            stop.Token));

        Assert.Equal(["tiny.lock"], Directory.GetFileSystemEntries(Folder["cache"]).Select(Path.GetFileName));
    }
}
