using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Processes;

/// <summary>The built silo, running in a process of its own as a member of a cluster.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private const int SigTerm = 15, SigCont = 18, SigStop = 19;
    private const string Started = "The silo is up";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(Launch launch, string folder, string cluster, (string Name, string Value)[] variables, string[] arguments)
    {
        var start = launch.Of("Experiments.Silo.dll", arguments);
        start.WorkingDirectory = folder;
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        start.Environment["EXPERIMENTS_CLUSTER"] = cluster;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has written.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Returns once it is a member of the cluster.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="cluster">Connection string of the database.</param>
    public static Task<SiloProcess> Start(string folder, string cluster, params string[] arguments) => Start(Launch.Here, folder, cluster, arguments);

    /// <inheritdoc cref="Start(string, string, string[])"/>
    public static Task<SiloProcess> Start(Launch launch, string folder, string cluster, params string[] arguments) =>
        Start(new SiloProcess(launch, folder, cluster, [], arguments));

    /// <inheritdoc cref="Start(string, string, string[])"/>
    /// <param name="variables">Of its environment.</param>
    public static Task<SiloProcess> Start(string folder, string cluster, (string Name, string Value)[] variables, params string[] arguments) =>
        Start(new SiloProcess(Launch.Here, folder, cluster, variables, arguments));

    private static async Task<SiloProcess> Start(SiloProcess silo)
    {
        if (await Task.WhenAny(silo._started.Task, silo._process.WaitForExitAsync()) == silo._started.Task)
        {
            return silo;
        }

        await using (silo)
        {
            throw new InvalidOperationException($"The silo did not start:\n{silo.Output}");
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>SIGSTOP: it neither works nor answers, and its connections stay open.</summary>
    public void Freeze() => _ = Signal(_process.Id, SigStop);

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public void Thaw() => _ = Signal(_process.Id, SigCont);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Finish()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the wait for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        _ = Signal(_process.Id, SigTerm);
        return await Finish();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.Contains(Started, StringComparison.Ordinal) == true)
        {
            _started.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
