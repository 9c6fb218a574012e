using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Experiments.Processes;

namespace Experiments.Deploy.Tests;

/// <summary>The images' contents, run as a container would run them: no engine is at hand to build and run the images themselves.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ContainerTests(Published published) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-layers-").FullName;

    [Fact]
    public async Task AnUpgradeShipsFewMegabytes()
    {
        Tool.Strip.SkipIfMissing();
        string silo = await published.Of("Silo");

        await Divide(silo);

        string[] layers = ["libtorch", "packages", "own"];
        Assert.Equal(Files(silo), layers.SelectMany(layer => Files(Path.Combine(_folder, layer))).Order());
        Assert.InRange(Size("own"), 1, 4_000_000);
        Assert.InRange(Size("packages"), 1, 60_000_000);
        Assert.InRange(Size("libtorch"), 100_000_000, 400_000_000);
        Assert.Contains("Experiments.Grains.dll", Files(Path.Combine(_folder, "own")));
        Assert.All(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), file =>
        {
            Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead), file);
            Assert.Equal(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), File.GetLastWriteTimeUtc(file));
        });
    }

    [Fact]
    public async Task NothingIsPublishedThatNothingRuns() =>
        Assert.DoesNotContain(Files(await published.Of("Silo")), file => Unused().IsMatch(file));

    [Fact]
    public async Task ASiloTrainsInAContainerAndHandsItsExperimentOver()
    {
        Tool.Strip.SkipIfMissing();
        Tool.Bubblewrap.SkipIfMissing();
        await using var postgres = await PrivatePostgres.Start();
        string database = await postgres.CreateDatabase();
        await Divide(await published.Of("Silo"));
        string app = Path.Combine(_folder, "app");
        foreach (string layer in (string[])["libtorch", "packages", "own"])
        {
            await Tool.Copy.Run("-r", Path.Combine(_folder, layer) + "/.", app);
        }

        int http = FreePort.Next();
        var environment = ImageEnvironment();
        Assert.Equal("auto", environment["EXPERIMENTS_ADDRESS"]);
        (environment["EXPERIMENTS_CLUSTER"], environment["EXPERIMENTS_SLOTS"]) = (database, "1");
        foreach (var (option, port) in (ReadOnlySpan<(string, int)>)[("SILO", FreePort.Next()), ("GATEWAY", FreePort.Next()), ("HTTP", http)])
        {
            environment[$"EXPERIMENTS_{option}_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        }

        await using var silo = Sandbox.Start(app, "/app", environment, "dotnet", "/app/Experiments.Silo.dll");
        await Ready.Probed(silo, http, "/health/ready");
        using var workplace = new Workplace(trainImages: 20_000);
        string grid = workplace.Grid("small", "  - name: only", epochs: 1000);
        var submitted = await ClientProcess.Run(workplace.Folder, "submit", grid, "--cluster", database);
        Assert.True(submitted.ExitCode == 0, submitted.Errors);
        while (await Checkpoints(database, "checkpoint-%") == 0)
        {
            Assert.False(silo.HasEnded, silo.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }

        // The second epoch has begun, and takes two seconds.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        int exitCode = await silo.Terminate();

        Assert.True(exitCode == 0, silo.Output);
        Assert.Contains("The silo has stopped.", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Read-only file system", silo.Output, StringComparison.Ordinal);
        Assert.True(await Checkpoints(database, "checkpoint-%") > await Checkpoints(database, "checkpoint-%-00000000"), "No checkpoint holds a position inside an epoch.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order()];

    private static async Task<long> Checkpoints(string database, string named) =>
        (long)(await PrivatePostgres.Execute(database, $"SELECT count(*) FROM checkpoint WHERE name LIKE '{named}'"))!;

    /// <summary>What the silo's image sets.</summary>
    private static Dictionary<string, string> ImageEnvironment() => Regex
        .Matches(File.ReadAllText(Repository.Deploy("containers", "Dockerfile")), @"^ENV (.+)$", RegexOptions.Multiline)
        .SelectMany(line => line.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(variable => variable.Split('=', 2))
        .ToDictionary(variable => variable[0], variable => variable[1]);

    private long Size(string layer) => Directory.GetFiles(Path.Combine(_folder, layer), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private Task<string> Divide(string folder) => Tool.Bash.Run(Repository.Deploy("containers", "layers.sh"), folder, _folder);

    [GeneratedRegex(@"^(libtorch_python|libtorchbind|Microsoft\.CodeAnalysis)|\.(dylib|dll\.lib|so\.dbg)$")]
    private static partial Regex Unused();
}
