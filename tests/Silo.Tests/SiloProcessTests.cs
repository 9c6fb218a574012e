using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Experiments.Silo.Tests;

/// <summary>The silo as a process of its own.</summary>
public sealed partial class SiloProcessTests : IDisposable
{
    private const int SigTerm = 15;

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-silo-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItSaysWhereItIsReachedAndEndsCleanlyWhenAskedTo()
    {
        using var silo = Start("--storage", _folder, "--slots", "1");
        var storage = new LocalStorage(_folder);
        while (storage.Active() is not { Gateway: not null })
        {
            Assert.False(silo.HasExited);
            await Task.Delay(50, Token);
        }

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }

        if (Kill(silo.Id, SigTerm) != 0)
        {
            throw new Win32Exception();
        }

        await silo.WaitForExitAsync(Token);
        Assert.Equal(0, silo.ExitCode);
        Assert.Null(storage.Active());
        Assert.Equal(["active.lock", "experiments.db"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("--slots", "many", "--slots many: give the number of experiments")]
    [InlineData("--slots", "-1", "--slots -1: give the number of experiments")]
    [InlineData("--checkpoint-every", "often", "--checkpoint-every often: give minutes")]
    [InlineData("--slotz", "2", "--slotz: unknown option. A silo has --cluster, --storage, --slots")]
    [InlineData("--storage", "/dev/null/x", "The storage folder '/dev/null/x' cannot be used")]
    public async Task WhatIsWrongIsSaidInOneLine(string option, string value, string expected)
    {
        using var silo = Start("--storage", _folder, option, value);

        string error = await silo.StandardError.ReadToEndAsync(Token);

        await silo.WaitForExitAsync(Token);
        Assert.Equal(2, silo.ExitCode);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--silo-port 99999", "--silo-port 99999: give a port")]
    [InlineData("--gateway-port x", "--gateway-port x: give a port")]
    [InlineData("--address no-such-name.invalid", "--address no-such-name.invalid: the name has no address (")]
    [InlineData("--address 0.0.0.0", "--address 0.0.0.0: give the IP address or the name of this machine")]
    [InlineData("--address 192.0.2.1", "--address: the silo cannot listen on 192.0.2.1:0")]
    [InlineData("--slots many", "--slots many: give the number of experiments")]
    [InlineData("--storage here", "--cluster and --storage: ")]
    [InlineData("", "'nothing on 127.0.0.1:1' cannot be used (")]
    [InlineData("--cluster Prot=1", "The cluster's connection string cannot be used")]
    public async Task WhatIsWrongWithASiloOfAClusterIsSaidInOneLine(string options, string expected)
    {
        using var silo = Start(["--cluster", "Host=127.0.0.1;Port=1;Database=nothing;Username=someone;Password=secret", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        string error = await silo.StandardError.ReadToEndAsync(Token);

        await silo.WaitForExitAsync(Token);
        Assert.Equal(2, silo.ExitCode);
        Assert.StartsWith(expected, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EXPERIMENTS_SILO_PORT", "--silo-port nowhere: give a port")]
    [InlineData("EXPERIMENTS_HTTP_PORT", "--http-port nowhere: give a port")]
    [InlineData("EXPERIMENTS_CHECKPOINT_EVERY", "--checkpoint-every nowhere: give minutes")]
    public async Task AnOptionMayBeAVariable(string variable, string expected)
    {
        using var silo = Start(readsOutput: false, (variable, "nowhere"), "--cluster", "Host=127.0.0.1;Port=1;Database=nothing");

        string error = await silo.StandardError.ReadToEndAsync(Token);

        await silo.WaitForExitAsync(Token);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APersonSeesItsStartAndItsEndInPlainLinesAndAnyLevelCanBeHad()
    {
        using var silo = Start(readsOutput: true, "--storage", _folder, "--slots", "0");
        string[] lines = await UntilStopped(silo);

        // Stopped in its first second it may complain of a call under way.
        Assert.Collection(
            lines.Where(line => Regex.IsMatch(line, @"^\d\d:\d\d:\d\d (?!Warning: |Error: )")),
            line => Assert.Matches($@"^\d\d:\d\d:\d\d Silo 127\.0\.0\.1:\d+ starts: slots 0, gateway 127\.0\.0\.1:\d+, storage {_folder}\.$", line),
            line => Assert.EndsWith("The silo is up. Ctrl-C or SIGTERM stops it at the next batch, with a checkpoint of all that it trains.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("The silo stops: each experiment writes a checkpoint.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("The silo has stopped.", line, StringComparison.Ordinal));

        using var talkative = Start(readsOutput: true, "--storage", _folder, "--slots", "0", "--Logging:LogLevel:Orleans=Information");
        Assert.Contains(await UntilStopped(talkative), line => line.Contains(" Orleans.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFileThatIsNoDatabaseIsSaidInOneLineAndLeftAlone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "experiments.db"), new string('x', 5000), Token);
        using var silo = Start("--storage", _folder, "--slots", "0");

        string error = await silo.StandardError.ReadToEndAsync(Token);

        await silo.WaitForExitAsync(Token);
        Assert.Equal(2, silo.ExitCode);
        Assert.StartsWith($"'{Path.Combine(_folder, "experiments.db")}' cannot be used", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(Path.Combine(_folder, "experiments.db")).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Asks the silo to stop once it is up.</summary>
    /// <returns>What it wrote.</returns>
    private static async Task<string[]> UntilStopped(Process silo)
    {
        List<string> lines = [];
        while (await silo.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains("The silo is up", StringComparison.Ordinal) && Kill(silo.Id, SigTerm) != 0)
            {
                throw new Win32Exception();
            }
        }

        return [.. lines];
    }

    private static Process Start(params string[] arguments) => Start(readsOutput: false, arguments);

    private static Process Start(bool readsOutput, params string[] arguments) => Start(readsOutput, ("EXPERIMENTS_CLUSTER", null), arguments);

    private static Process Start(bool readsOutput, (string Name, string? Value) variable, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Experiments.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EXPERIMENTS_CLUSTER"] = null, [variable.Name] = variable.Value },
        };
        var process = Process.Start(start)!;
        if (!readsOutput)
        {
            // A full pipe would keep it waiting.
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
        }

        return process;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
