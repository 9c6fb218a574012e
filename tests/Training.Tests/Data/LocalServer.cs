using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Experiments.Training.Tests.Data;

/// <summary>A web server on a free port of this machine that answers, and misbehaves, as told.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    /// <param name="answer">Given the file's name, writes the whole response, headers included; the connection is closed after it.</param>
    public LocalServer(Func<string, Stream, CancellationToken, Task> answer)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ServeAsync(answer);
    }

    public Uri Address { get; }

    /// <summary>Names of the files asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Answers every name with its content.</summary>
    public static LocalServer Of(Dictionary<string, byte[]> files) => new((name, stream, stop) => Ok(stream, files[name], stop));

    public static Task Ok(Stream stream, byte[] content, CancellationToken stop) => Send(stream, $"200 OK\r\nContent-Length: {content.Length}", content, stop);

    public static async Task Send(Stream stream, string head, byte[] content, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), stop);
        await stream.WriteAsync(content, stop);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<string, Stream, CancellationToken, Task> answer)
    {
        var stop = _stop.Token;
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(stop);
            _ = Task.Run(
                async () =>
                {
                    using (client)
                    {
                        var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                        string name = (await reader.ReadLineAsync(stop))!.Split(' ')[1].TrimStart('/');
                        while (await reader.ReadLineAsync(stop) is { Length: > 0 })
                        {
                        }

                        lock (Requests)
                            Requests.Add(name);
                        await answer(name, client.GetStream(), stop);
                    }
                },
                stop);
        }
    }
}
