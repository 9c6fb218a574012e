using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Experiments.Processes;

/// <summary>The built dashboard of a cluster, running in a process of its own.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, HttpClient client) => (_process, Client) = (process, client);

    /// <summary>Speaks to it.</summary>
    public HttpClient Client { get; }

    /// <summary>Returns once it listens, whether or not it has joined its cluster.</summary>
    /// <param name="key">Of its operators, which the client brings; null for whoever is on this machine.</param>
    /// <param name="variables">Of its environment.</param>
    public static async Task<DashboardProcess> Start(string cluster, string? key = null, params (string Name, string Value)[] variables)
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Experiments.Dashboard.dll"), "--urls", url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EXPERIMENTS_CLUSTER"] = cluster, ["EXPERIMENTS_API_KEY"] = key },
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = new Uri(url) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        var dashboard = new DashboardProcess(process, client);
        while (!await dashboard.Answers())
        {
            if (process.HasExited)
            {
                await dashboard.DisposeAsync();
                throw new InvalidOperationException("The dashboard did not start.");
            }

            await Task.Delay(100);
        }

        return dashboard;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
