using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.ServiceDefaults.Tests.Alerts;

/// <summary>A Prometheus of this test's own, which keeps what it has asked in a temporary folder.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _client;
    private readonly StringBuilder _output = new();

    private PrometheusProcess(string configuration, string folder)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}");
        _folder = folder;
        _client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        _process = Process.Start(new ProcessStartInfo("prometheus",
            [$"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address={address}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it is not installed a test is skipped, and fails in CI.</summary>
    public static void SkipIfMissing() => Prerequisite.Program("prometheus", "apt install prometheus");

    /// <summary>Its companion, which checks files.</summary>
    /// <returns>What it says; an error where it finds a fault.</returns>
    public static async Task<string> Promtool(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        return output;
    }

    /// <summary>Starts one, and returns once it answers.</summary>
    /// <param name="configuration">Text of its configuration.</param>
    /// <param name="files">Others beside it, by their names.</param>
    public static async Task<PrometheusProcess> Start(string configuration, params (string Name, string Text)[] files)
    {
        string folder = Directory.CreateTempSubdirectory("experiments-prometheus-").FullName;
        string path = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(path, configuration);
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        }

        var prometheus = new PrometheusProcess(path, folder);
        await Wait.Until("Prometheus is ready", prometheus.IsReady);
        return prometheus;
    }

    /// <summary>The answer's <c>data</c>.</summary>
    public async Task<JsonNode> Ask(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.True(body["status"]!.GetValue<string>() == "success", $"{path}: {body["error"]}");
        return body["data"]!;
    }

    /// <summary>What an expression comes to now.</summary>
    public async Task<JsonArray> Query(string expression) => (await Ask($"/api/v1/query?query={Uri.EscapeDataString(expression)}"))["result"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReady()
    {
        Assert.False(_process.HasExited, _output.ToString());
        try
        {
            using var answer = await _client.GetAsync(new Uri("/-/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
