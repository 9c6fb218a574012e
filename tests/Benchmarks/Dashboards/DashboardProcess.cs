using System.Diagnostics;
using System.Net;
using Experiments.Processes;

namespace Experiments.Benchmarks.Dashboards;

/// <summary>The built dashboard in a process of its own, open to this machine.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private DashboardProcess(string cluster, Uri address)
    {
        Address = address;
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Experiments.Dashboard.dll"), "--urls", address.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EXPERIMENTS_CLUSTER"] = cluster, ["EXPERIMENTS_API_KEY"] = null, ["EXPERIMENTS_READ_KEY"] = null },
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Returns once it has joined the cluster.</summary>
    public static async Task<DashboardProcess> Start(string cluster)
    {
        var dashboard = new DashboardProcess(cluster, new Uri(Measured.Text($"http://127.0.0.1:{FreePort.Next()}")));
        using var client = new HttpClient { BaseAddress = dashboard.Address };
        while (!await Answers(client))
        {
            if (dashboard._process.HasExited) throw new InvalidOperationException("The dashboard ended before it answered.");

            await Task.Delay(Glance);
        }

        return dashboard;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/api/grids", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
