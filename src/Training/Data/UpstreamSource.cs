namespace Experiments.Training.Data;

/// <summary>The publisher's own web server.</summary>
internal sealed class UpstreamSource(BuiltInDataset dataset, Uri address, TimeSpan stallTimeout) : IDatasetSource
{
    private const int BufferBytes = 1 << 16;

    public string Name => address.ToString();

    public async Task FetchAsync(string folder, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        foreach (BuiltInFile file in dataset.Files)
            await DownloadAsync(http, file, Path.Combine(folder, file.Name), progress, cancellationToken);
    }

    private async Task DownloadAsync(HttpClient http, BuiltInFile file, string target, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(stallTimeout);
        try
        {
            var uri = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{file.Name}");
            using HttpResponseMessage response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (!response.IsSuccessStatusCode)
                throw new DatasetException($"{file.Name}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");

            await using Stream content = await response.Content.ReadAsStreamAsync(stall.Token);
            await using var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            byte[] buffer = new byte[BufferBytes];
            int read;
            while ((read = await ReadAsync(content, buffer, file, stall.Token)) > 0)
            {
                stall.CancelAfter(stallTimeout);
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (output.Length > file.Bytes)
                    throw new DatasetException($"{file.Name}: the server sends more than the {file.Bytes} bytes that the file has unpacked");
                progress?.Report(new DatasetProgress($"downloading {file.Name}", output.Length, response.Content.Headers.ContentLength));
            }

            output.Flush(flushToDisk: true);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatasetException($"{file.Name}: no byte came for {stallTimeout.TotalSeconds:0.#} s", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new DatasetException($"{file.Name}: {fault.Message.TrimEnd('.')}", fault);
        }
    }

    // A broken connection is the server's fault, unlike a disk that cannot be written: both are an IOException.
    private static async ValueTask<int> ReadAsync(Stream content, byte[] buffer, BuiltInFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException fault)
        {
            throw new DatasetException($"{file.Name}: the connection broke ({fault.Message.TrimEnd('.')})", fault);
        }
    }
}
