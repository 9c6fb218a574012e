using System.Diagnostics;
using System.Globalization;

namespace Experiments.Cluster.Tests.Machines;

/// <summary>A shell that has a network namespace of its own, with all rights there. It ends with this process, whose pipe it reads from.</summary>
internal sealed class NamespaceShell : IAsyncDisposable
{
    private const string End = "ended with ";

    private readonly Process _process;

    public NamespaceShell()
    {
        string[] rights = Environment.IsPrivilegedProcess ? [] : ["--user", "--map-current-user", "--keep-caps"];
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec unshare --net \"$@\" sh 2>&1", "sh", .. rights]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    public int Id => _process.Id;

    /// <summary>The command that runs the one after it where another process is.</summary>
    /// <param name="process">Its id; it has this shell's namespace, or one that was made in it.</param>
    public string[] Enter(int process)
    {
        string network = string.Create(CultureInfo.InvariantCulture, $"--net=/proc/{process}/ns/net");
        return Environment.IsPrivilegedProcess
            ? ["nsenter", network, "--"]
            : ["nsenter", "--preserve-credentials", string.Create(CultureInfo.InvariantCulture, $"--user=/proc/{Id}/ns/user"), network, "--"];
    }

    /// <summary>Runs commands until one fails.</summary>
    /// <returns>The lines that they write.</returns>
    /// <exception cref="InvalidOperationException">One has failed, or the shell was not permitted its namespace.</exception>
    public async Task<IReadOnlyList<string>> Run(string commands)
    {
        var output = new List<string>();
        try
        {
            await _process.StandardInput.WriteLineAsync($"(set -e\n{commands}\n) 2>&1; echo \"{End}$?\"");
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended, and its output tells why.
        }

        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == $"{End}0")
            {
                return output;
            }

            if (line.StartsWith(End, StringComparison.Ordinal))
            {
                break;
            }

            output.Add(line);
        }

        throw new InvalidOperationException(string.Join('\n', output));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
