using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Experiments.Processes;

namespace Experiments.Deploy.Tests;

/// <summary>The installer and its units, in a folder that stands for a machine's root: systemd itself need not run here.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class SystemdTests(Published published) : IDisposable
{
    private static readonly string[] Programs = ["silo", "dashboard"];

    private readonly string _root = Directory.CreateTempSubdirectory("experiments-root-").FullName;

    [Fact]
    public async Task TheInstalledSiloRunsAsItsUnitSaysAndStopsCleanly()
    {
        Tool.Bubblewrap.SkipIfMissing();
        await using var postgres = await PrivatePostgres.Start();
        string database = await postgres.CreateDatabase();
        await Install("--cluster", $"{database};Application Name=\"a name\"", "--slots", "1");

        string unit = await File.ReadAllTextAsync(Unit("silo"), TestContext.Current.CancellationToken);
        Assert.Contains("User=experiments\n", unit, StringComparison.Ordinal);
        var environment = Settings("silo");
        Assert.Equal($"{database};Application Name=\"a name\"", environment["EXPERIMENTS_CLUSTER"]);
        int http = FreePort.Next();
        environment["EXPERIMENTS_HTTP_PORT"] = http.ToString(CultureInfo.InvariantCulture);
        (environment["HOME"], environment["XDG_CACHE_HOME"]) = ("/tmp", "/cache");
        string program = Regex.Match(unit, "^ExecStart=(.+)$", RegexOptions.Multiline).Groups[1].Value;
        await using var silo = Sandbox.Start(Path.Combine(_root, "opt"), "/opt", environment, program);
        await Ready.Probed(silo, http, "/health/ready");

        Assert.Equal(0, await silo.Terminate());
    }

    [Fact]
    public async Task InstallingAgainUpgradesAndKeepsWhatWasSet()
    {
        await Install("--cluster", "Host=first", "--allowed-hosts", "lab.example");
        var (silo, dashboard) = (Settings("silo"), Settings("dashboard"));
        string installed = Current("silo");

        await Install("--slots", "3");

        Assert.NotEqual(installed, Current("silo"));
        Assert.Single(Directory.GetDirectories(Path.Combine(_root, "opt/experiments/silo")), folder => !folder.EndsWith("current", StringComparison.Ordinal));
        Assert.Equal(dashboard, Settings("dashboard"));
        Assert.Equal(64, dashboard["EXPERIMENTS_API_KEY"].Length);
        silo["EXPERIMENTS_SLOTS"] = "3";
        Assert.Equal(silo.OrderBy(Name), Settings("silo").OrderBy(Name));
        Assert.All(Programs, program => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root, "etc/experiments", $"{program}.env"))));

        static string Name(KeyValuePair<string, string> setting) => setting.Key;
    }

    [Fact]
    public async Task UninstallingLeavesNothingButTheSettingsAndPurgingNoneOfThem()
    {
        await Install("--cluster", "Host=first");

        await Installer("--uninstall");
        Assert.Equal(["dashboard.env", "silo.env"], Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());

        await Installer("--uninstall", "--purge");
        Assert.Empty(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("name the cluster's database with --cluster")]
    [InlineData("--slots: give a value.", "--slots")]
    [InlineData("--slotz: unknown option. See --help.", "--slotz")]
    public async Task WhatIsMissingIsSaidAndNothingIsInstalled(string told, params string[] arguments)
    {
        var (exitCode, output) = await Tool.Bash.Try([("DESTDIR", _root), ("EXPERIMENTS_CLUSTER", "")], [Script, "--published", "/nowhere", .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_root, "opt")));
    }

    [Fact]
    public async Task SystemdFindsNoFaultInTheUnitsAndLittleThatTheyExpose()
    {
        Tool.Systemd.SkipIfMissing();
        await Install("--cluster", "Host=first");
        // What they wait for.
        Directory.CreateDirectory(Path.Combine(_root, "lib/systemd"));
        await Tool.Copy.Run("-r", "/lib/systemd/system", Path.Combine(_root, "lib/systemd/system"));

        foreach (string unit in Programs.Select(program => $"experiments-{program}.service"))
        {
            Assert.Equal("", await Tool.Systemd.Run("verify", $"--root={_root}", "--man=no", "--recursive-errors=one", unit));
            await Tool.Systemd.Run("security", "--offline=true", "--threshold=20", Repository.Deploy("systemd", unit));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Script => Repository.Deploy("systemd", "install.sh");

    private async Task Install(params string[] options)
    {
        await published.Of("Silo");
        await published.Of("Dashboard");
        await Installer(["--published", published.Folder, .. options]);
    }

    private async Task Installer(params string[] arguments)
    {
        var (exitCode, output) = await Tool.Bash.Try([("DESTDIR", _root)], [Script, .. arguments]);
        Assert.True(exitCode == 0, output);
    }

    private string Unit(string program) => Path.Combine(_root, $"etc/systemd/system/experiments-{program}.service");

    private string Current(string program) => new DirectoryInfo(Path.Combine(_root, $"opt/experiments/{program}/current")).LinkTarget!;

    /// <summary>As systemd reads them.</summary>
    private Dictionary<string, string> Settings(string program) => Setting()
        .Matches(File.ReadAllText(Path.Combine(_root, $"etc/experiments/{program}.env")))
        .ToDictionary(line => line.Groups[1].Value, line => Regex.Replace(line.Groups[2].Value, @"\\(.)", "$1"));

    [GeneratedRegex("^([A-Z_]+)=\"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
