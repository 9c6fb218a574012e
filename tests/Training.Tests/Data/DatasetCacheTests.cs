using System.Diagnostics;
using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>Fetched datasets: whole or not at all, once for all processes.</summary>
public sealed class DatasetCacheTests : FetchingTests
{
    [Fact]
    public async Task FetchedOnceItIsReadFromTheFolderAfterwards()
    {
        using var server = LocalServer.Of(Packed);

        var fetched = await Load(server);
        var read = await Load(server);

        Assert.Equal(Dataset.Sha256, fetched.Sha256);
        Assert.Equal(ContentHash.Compute(fetched.Classes, fetched.Train, fetched.Test), fetched.Sha256);
        Assert.Equal(fetched.Train.Pixels.ToArray(), read.Train.Pixels.ToArray());
        Assert.Equal(Packed.Keys.Order(), server.Requests.Order());
        Assert.Equal(Packed.Keys.Order(), Directory.GetFiles(Cached).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Cached + ".partial"));
        Assert.Contains("downloading train-images.gz", Activities);
    }

    [Fact]
    public async Task AHalfWrittenOrDamagedFolderIsFetchedAgain()
    {
        using var server = LocalServer.Of(Packed);
        await Load(server);

        foreach (Action damage in (Action[])[
            () => File.Delete(Path.Combine(Cached, "test-labels.gz")),
            () => File.WriteAllBytes(Path.Combine(Cached, "train-images.gz"), Packed["train-images.gz"][..1000]),
            () => File.WriteAllBytes(Path.Combine(Cached, "train-labels.gz"), Packed["test-labels.gz"]),
            () => Directory.Move(Cached, Cached + ".partial"),
        ])
        {
            damage();
            server.Requests.Clear();

            Assert.Equal(Dataset.Sha256, (await Load(server)).Sha256);
            Assert.Equal(4, server.Requests.Count);
            Assert.False(Directory.Exists(Cached + ".partial"));
        }

        Assert.Contains(Activities, activity => activity.StartsWith("fetching tiny again: the cached copy is damaged: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeveralLoadersAtOnceFetchItOnce()
    {
        using var server = LocalServer.Of(Packed);

        var datasets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Load(server), Stop)));

        Assert.All(datasets, dataset => Assert.Equal(Dataset.Sha256, dataset.Sha256));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task WhileAnotherProcessFetchesItIsWaitedFor()
    {
        using var server = LocalServer.Of(Packed);
        Directory.CreateDirectory(Folder["cache"]);
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

        Assert.Equal(Dataset.Sha256, (await loading).Sha256);
        await other.WaitForExitAsync(Stop);
    }

    [Fact]
    public async Task AFolderThatTheSystemKeepsToItselfIsNamedWithTheRemedy()
    {
        // Not even root may make a folder there.
        const string Kept = "/sys/kernel/experiments";
        using var server = LocalServer.Of(Packed);

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server.Address, cache: Kept));

        Assert.StartsWith($"{Kept}: cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamedWithTheRemedy()
    {
        using var server = LocalServer.Of(Packed);
        File.WriteAllText(Folder["cache"], "a file");

        var fault = await Assert.ThrowsAsync<DatasetException>(() => Load(server));

        Assert.StartsWith($"{Folder["cache"]}: cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("make room or make it writable, or set XDG_CACHE_HOME to another folder", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
