using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Processes;

/// <summary>The built client, running in a process of its own.</summary>
internal sealed partial class ClientProcess : IAsyncDisposable
{
    private const int SigInt = 2, SigTerm = 15, SigStop = 19;

    /// <summary>What is not there after this long never comes, and the test that waits for it is to say so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _errors = new();
    private readonly Lock _lock = new();
    private readonly List<(Func<string, bool> Matches, TaskCompletionSource<string> Found)> _awaited = [];

    private ClientProcess(Launch launch, string folder, (string Name, string Value)[] variables, string[] arguments)
    {
        var start = launch.Of("experiments.dll", arguments);
        start.WorkingDirectory = folder;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.Environment["EXPERIMENTS_HOME"] = Path.Combine(folder, "storage");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        start.Environment["EXPERIMENTS_CLUSTER"] = null;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, _errors);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <param name="folder">Working folder; the storage is its folder <c>storage</c>.</param>
    public static ClientProcess Start(string folder, params string[] arguments) => Start(Launch.Here, folder, arguments);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static ClientProcess Start(Launch launch, string folder, params string[] arguments) => new(launch, folder, [], arguments);

    /// <summary>Runs it to its end.</summary>
    public static Task<ClientResult> Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    /// <inheritdoc cref="Run(string, string[])"/>
    /// <param name="variables">Of its environment.</param>
    public static async Task<ClientResult> Run(string folder, (string Name, string Value)[] variables, params string[] arguments)
    {
        await using var process = new ClientProcess(Launch.Here, folder, variables, arguments);
        return await process.Finish();
    }

    /// <summary>The first line on standard output, from now on or before, that matches; an error where there is none.</summary>
    public async Task<string> Line(Func<string, bool> matches)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_output.ToString().Split('\n').FirstOrDefault(matches) is { } line)
            {
                return line;
            }

            _awaited.Add((matches, found));
        }

        await Task.WhenAny(found.Task, _process.WaitForExitAsync(), Task.Delay(Patience));
        return found.Task.IsCompleted ? await found.Task : throw InVain("the line");
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>As Ctrl-C does.</summary>
    public void Interrupt() => _ = Signal(_process.Id, SigInt);

    public void Terminate() => _ = Signal(_process.Id, SigTerm);

    /// <summary>It keeps its connections and answers nothing; a kill ends it all the same.</summary>
    public void Freeze() => _ = Signal(_process.Id, SigStop);

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public async Task<ClientResult> Finish()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw InVain("its end");
        }

        lock (_lock)
        {
            return new ClientResult(_process.ExitCode, _output.ToString(), _errors.ToString());
        }
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

    private InvalidOperationException InVain(string what)
    {
        lock (_lock)
        {
            return new InvalidOperationException($"The client {(_process.HasExited ? "ended" : "went on")} without {what}:\n{_output}{_errors}");
        }
    }

    private void Take(string? line, StringBuilder text)
    {
        lock (_lock)
        {
            if (line is null)
            {
                return;
            }

            text.Append(line).Append('\n');
            if (text == _output)
            {
                foreach (var (_, found) in _awaited.Where(awaited => awaited.Matches(line)))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

internal sealed record ClientResult(int ExitCode, string Output, string Errors);
