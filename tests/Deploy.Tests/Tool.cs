using System.Diagnostics;
using Experiments.Processes;

namespace Experiments.Deploy.Tests;

/// <summary>A program of the machine's that checks what is deployed, run to its end.</summary>
/// <param name="Name">Of the program.</param>
/// <param name="Remedy">How it is installed.</param>
internal sealed record Tool(string Name, string Remedy)
{
    public static readonly Tool Bash = new("bash", "apt install bash");
    public static readonly Tool Bubblewrap = new("bwrap", "apt install bubblewrap");
    public static readonly Tool Compose = new("docker-compose", "apt install docker-compose");
    public static readonly Tool Copy = new("cp", "apt install coreutils");
    public static readonly Tool DotNet = new("dotnet", "see https://dot.net");
    public static readonly Tool Kubectl = new("kubectl", "install kubectl 1.27 or later; Debian's kubernetes-client is older than the manifests");
    public static readonly Tool ShellCheck = new("shellcheck", "apt install shellcheck");
    public static readonly Tool Strip = new("strip", "apt install binutils");
    public static readonly Tool Systemd = new("systemd-analyze", "apt install systemd");

    /// <summary>Where the program is missing, a test is skipped, and fails in CI.</summary>
    public void SkipIfMissing() => Prerequisite.Program(Name, Remedy);

    /// <returns>What it wrote on both outputs, once it has ended well.</returns>
    public async Task<string> Run(params string[] arguments)
    {
        var (exitCode, output) = await Try([], arguments);
        Assert.True(exitCode == 0, $"{Name} {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <param name="variables">Of its environment.</param>
    public async Task<(int ExitCode, string Output)> Try((string Name, string Value)[] variables, params string[] arguments)
    {
        SkipIfMissing();
        var start = new ProcessStartInfo(Name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
