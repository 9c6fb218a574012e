using Experiments.Training.Data;
using Xunit;

namespace Experiments.Training.Tests.Data;

/// <summary>A tiny built-in dataset, an empty cache, and servers to fetch from.</summary>
public abstract class FetchingTests : IDisposable
{
    private protected FetchingTests() => (Dataset, Packed) = Files.BuiltIn();

    private protected TempFolder Folder { get; } = new();

    private protected BuiltInDataset Dataset { get; }

    /// <summary>Its gzipped files by name.</summary>
    private protected Dictionary<string, byte[]> Packed { get; }

    /// <summary>What was told of the progress.</summary>
    private protected List<string> Activities { get; } = [];

    private protected string Cached => Path.Combine(Folder["cache"], Dataset.Name);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A server that serves every file but one as it should.</summary>
    private protected LocalServer Misbehaving(string file, string behaviour) => new(async (name, stream, stop) =>
    {
        byte[] content = Packed[name];
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

    private protected Task<Dataset> Load(LocalServer server) => Load(server.Address);

    private protected Task<Dataset> Load(Uri upstream, IProgress<DatasetProgress>? progress = null, string? aptGet = null, TimeSpan? stallTimeout = null, string? cache = null)
    {
        List<IDatasetSource> sources = [new UpstreamSource(Dataset, upstream, stallTimeout ?? TimeSpan.FromMinutes(5))];
        if (aptGet is not null)
            sources.Add(new DebianPackageSource(Dataset, aptGet));
        return new DatasetCache(Dataset, cache ?? Folder["cache"], sources).LoadAsync(progress ?? new Reports(Remember), Stop);
    }

    private void Remember(DatasetProgress progress)
    {
        lock (Activities)
            Activities.Add(progress.Activity);
    }

    /// <summary>Tells at once, on the reporting thread.</summary>
    private protected sealed class Reports(Action<DatasetProgress> tell) : IProgress<DatasetProgress>
    {
        public void Report(DatasetProgress value) => tell(value);
    }
}
