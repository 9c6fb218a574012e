using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.Training.Data;

/// <summary>A program of the system, run to its end.</summary>
internal static class Command
{
    /// <exception cref="DatasetException">The program is not installed.</exception>
    /// <exception cref="CommandFailedException">It ended with another code than 0.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string workingFolder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };

        using Process process = Start(start);
        process.StandardInput.Close();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            await output;
            if (process.ExitCode != 0)
                throw new CommandFailedException($"{program} ended with code {process.ExitCode}: {LastLine(await errors)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new DatasetException($"there is no program {start.FileName} on this machine", fault);
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it said nothing");
}

/// <summary>The message is the program's last words.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
