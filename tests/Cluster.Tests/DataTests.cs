using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Data of the client's own: sent once, however often it is interrupted, and trained on by silos that never saw the files.</summary>
public sealed class DataTests(ClusterPlace place, ITestOutputHelper log) : IClassFixture<ClusterPlace>, IAsyncLifetime
{
    private const string Experiments =
        """
          - name: baseline
          - name: dropout
            dropout: 0.25
        """;

    private readonly List<SiloProcess> _silos = [];
    private readonly List<string> _folders = [];
    private string _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await place.Postgres.CreateDatabase();

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                log.WriteLine($"Silo:\n{silo.Output}");
            }
        }

        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }

    [Fact]
    public async Task SilosTrainOnDataWhoseFilesOnlyTheClientHad()
    {
        using var client = new Workplace();
        string file = client.Grid("own", Experiments);
        string alone = RecordedResults.Reproducible(await Json(client, "run", file, "--json"));
        await Start(slots: 0);

        var refused = await ClientProcess.Run(client.Folder, "submit", file, "--cluster", _cluster, "--data-limit", "0.002");
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("Dataset halves is 0.002099", Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("at most 0.002 GB may be sent", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--data-limit 0.1 (or EXPERIMENTS_DATA_LIMIT)", refused.Errors, StringComparison.Ordinal);
        Assert.Empty((await Json(client, "list", "--json", "--cluster", _cluster))["grids"]!.AsArray());

        var first = await Submit(client, file, "--json");
        Assert.True((bool)JsonNode.Parse(first.Output)!["created"]!);
        Assert.Contains("Dataset halves: 2.1 MB are to be sent.", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Dataset halves: 2.1 of 2.1 MB sent.", first.Errors, StringComparison.Ordinal);
        var second = await Submit(client, file);
        Assert.Contains("it goes on", second.Output, StringComparison.Ordinal);
        Assert.Empty(second.Errors);

        foreach (string images in Directory.GetFiles(client.Folder, "*.idx"))
        {
            File.Delete(images);
        }

        string[] folders = [await Start(slots: 1), await Start(slots: 1)];
        var watched = await ClientProcess.Run(place.Folder, "watch", "own", "--cluster", _cluster);
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
        Assert.Equal(alone, RecordedResults.Reproducible(await Json(client, "show", "own", "--json", "--cluster", _cluster)));
        Assert.Contains(folders, folder => Cached(folder) is [{ Length: 2_099_275 }]);

        var report = await ClientProcess.Run(client.Folder, "report", "own", "--output", "results", "--cluster", _cluster);
        Assert.True(report.ExitCode == 0, report.Output + report.Errors);
        Assert.True(File.Exists(client.PathOf("results", "baseline", "incorrect.png")));
        Assert.Equal(0, (await ClientProcess.Run(client.Folder, "delete", "own", "--yes", "--cluster", _cluster)).ExitCode);
        Assert.Equal(0L, await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM dataset_chunk"));
    }

    [Fact]
    public async Task ASubmitThatIsKilledWhileItSendsGoesOnWhereItWas()
    {
        const int Blocked = 6;
        using var client = new Workplace(trainImages: 40_000);
        string file = client.Grid("killed", Experiments);
        await Start(slots: 0);

        // No chunk from the seventh on is stored meanwhile; the client has four on their way at most.
        await using var held = await HeldRows.Of(_cluster, "dataset_chunk", string.Create(CultureInfo.InvariantCulture, $"NEW.number >= {Blocked}"));
        await using (var killed = ClientProcess.Start(client.Folder, "submit", file, "--cluster", _cluster))
        {
            while ((long)(await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM dataset_chunk"))! < Blocked - 3)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            killed.Kill();
            await killed.Finish();
        }

        await held.Release();
        Assert.Empty((await Json(client, "list", "--json", "--cluster", _cluster))["grids"]!.AsArray());
        var again = await Submit(client, file);

        Assert.Matches(@"Dataset halves: \d+\.\d of 13\.\d MB are to be sent\.", again.Errors);
        Assert.Equal(13L, await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM dataset_chunk"));
        Assert.Equal(1L, await PrivatePostgres.Execute(_cluster, "SELECT COUNT(*) FROM dataset WHERE length IS NOT NULL"));
    }

    /// <returns>A folder of the silo's own, with an empty cache.</returns>
    private async Task<string> Start(int slots)
    {
        string folder = Directory.CreateTempSubdirectory("experiments-silo-").FullName;
        _folders.Add(folder);
        _silos.Add(await SiloProcess.Start(folder, _cluster, "--slots", slots.ToString(CultureInfo.InvariantCulture)));
        return folder;
    }

    private async Task<ClientResult> Submit(Workplace client, string file, params string[] more)
    {
        var submitted = await ClientProcess.Run(client.Folder, ["submit", file, "--cluster", _cluster, .. more]);
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
        return submitted;
    }

    private static async Task<JsonNode> Json(Workplace client, params string[] arguments)
    {
        var result = await ClientProcess.Run(client.Folder, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return JsonNode.Parse(result.Output)!;
    }

    private static FileInfo[] Cached(string folder)
    {
        var cache = new DirectoryInfo(Path.Combine(folder, "cache", "experiments", "datasets"));
        return cache.Exists ? [.. cache.GetFiles().Where(file => file.Extension == "")] : [];
    }
}
