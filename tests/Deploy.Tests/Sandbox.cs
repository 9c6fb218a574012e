using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Deploy.Tests;

/// <summary>
/// A program as a container or a hardened unit runs it: another user without capabilities or a home, in a file system that it cannot write
/// but for <c>/tmp</c> and <c>/cache</c>, both empty. The network is the machine's.
/// </summary>
internal sealed partial class Sandbox : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const string User = "1654";

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private Sandbox(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

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

    public bool HasEnded => _process.HasExited;

    /// <param name="folder">The program's, seen inside at the path <paramref name="at"/>.</param>
    /// <param name="environment">All of its environment but the path and where .NET is.</param>
    public static Sandbox Start(string folder, string at, IEnumerable<KeyValuePair<string, string>> environment, params string[] command)
    {
        Tool.Bubblewrap.SkipIfMissing();
        string[] variables = [.. environment.SelectMany(variable => (string[])["--setenv", variable.Key, variable.Value])];
        string[] arguments =
        [
            "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent", "--new-session",
            "--uid", User, "--gid", User, "--cap-drop", "ALL",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--ro-bind", "/etc", "/etc", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/cache",
            "--ro-bind", Published.DotNet, "/dotnet", "--ro-bind", folder, at, "--remount-ro", "/", "--chdir", "/tmp",
            "--clearenv", "--setenv", "PATH", "/dotnet:/usr/bin", "--setenv", "DOTNET_ROOT", "/dotnet", .. variables,
            "--", .. command,
        ];
        return new Sandbox(Process.Start(new ProcessStartInfo(Tool.Bubblewrap.Name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>SIGTERM to the program, and the wait for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Terminate()
    {
        _ = Signal(Program(), SigTerm);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>Below the sandbox's own processes; what the program itself starts are threads.</summary>
    private int Program()
    {
        int process = _process.Id;
        while (File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..])
        {
            process = int.Parse(child, CultureInfo.InvariantCulture);
        }

        return process;
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
