using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Silos in processes of their own, on a PostgreSQL of the tests' own: whatever happens to them, a grid ends as on one machine.</summary>
public sealed class ClusterTests(ClusterPlace place, ITestOutputHelper log) : IClassFixture<ClusterPlace>, IAsyncLifetime
{
    /// <summary>Each look is a process of its own, and the silos have the same cores.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly List<SiloProcess> _silos = [];
    private string _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await place.Postgres.CreateDatabase();

    public async ValueTask DisposeAsync()
    {
        for (int silo = 0; silo < _silos.Count; silo++)
        {
            await _silos[silo].DisposeAsync();
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                log.WriteLine($"Silo {silo}:\n{_silos[silo].Output}");
            }
        }
    }

    [Fact]
    public async Task TwoSilosThatStartAtOnceShareAGridAndAThirdTakesWorkAtOnce()
    {
        await Task.WhenAll(Start(), Start());
        await Submit("shared");
        await Until("shared", grid => Silos(grid).Length == 2);

        await Start();

        await Until("shared", grid => Silos(grid).Length == 3);
        Assert.Equal(3, (await AnnouncedSilos()).Count);
        await EndsAsUndisturbed("shared");
    }

    [Fact]
    public async Task SigtermHandsExperimentsOverToAnotherSilo()
    {
        var (leaving, _) = (await Start(), await Start());
        await Submit("handed");
        await Until("handed", grid => Silos(grid).Length == 2);

        Assert.Equal(0, await leaving.Terminate());

        await EndsAsUndisturbed("handed");
    }

    [Fact]
    public async Task TheExperimentsOfAKilledSiloAreTrainedElsewhere()
    {
        var (killed, _) = (await Start(), await Start());
        await Submit("killed");
        await using var watch = ClientProcess.Start(place.Folder, "watch", "killed", "--cluster", _cluster);
        await Until("killed", grid => Silos(grid).Length == 2 && Epochs(grid) > 0);

        await killed.Kill();

        await EndsAsUndisturbed("killed");
        var watched = await watch.Finish();
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
    }

    [Fact]
    public async Task AGridGoesOnByItselfWhenAllSilosWereKilledAndStartAgain()
    {
        await Task.WhenAll(Start(), Start());
        await Submit("restarted");
        await Until("restarted", grid => Epochs(grid) > 0);

        await Task.WhenAll(_silos.Select(silo => silo.Kill()));
        await Task.WhenAll(Start(), Start());

        await EndsAsUndisturbed("restarted");
    }

    [Fact]
    public async Task AGridOutlivesTheDeathOfTheDatabaseServer()
    {
        await Task.WhenAll(Start(), Start());
        await Submit("outlived");
        await Until("outlived", grid => Epochs(grid) > 0);

        await place.Postgres.Kill();
        await place.Postgres.Restart();

        await EndsAsUndisturbed("outlived");
    }

    [Theory]
    [InlineData("Database=nowhere", "Create the database with 'createdb'")]
    [InlineData("Port=1", "Check host and port")]
    [InlineData("", "No silo has started on it yet")]
    public async Task AClientSaysInOneLineWhyItReachesNoCluster(string wrong, string remedy)
    {
        var list = await ClientProcess.Run(place.Folder, "list", "--cluster", $"{_cluster};Password=secret;{wrong}");

        Assert.Equal(3, list.ExitCode);
        Assert.Contains(remedy, Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientSaysInOneLineThatNoSiloAnswers()
    {
        await (await Start()).Kill();

        var list = await ClientProcess.Run(place.Folder, "list", "--cluster", _cluster);

        Assert.Equal(3, list.ExitCode);
        Assert.StartsWith("No silo of the cluster answers.", Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private async Task<SiloProcess> Start()
    {
        var silo = await SiloProcess.Start(place.Folder, _cluster, "--slots", "1");
        lock (_silos)
        {
            _silos.Add(silo);
        }

        return silo;
    }

    private async Task Submit(string grid)
    {
        var submitted = await ClientProcess.Run(place.Folder, "submit", place.Grid(grid), "--cluster", _cluster);
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
    }

    /// <summary>The grid, as <c>show --json</c> tells it, once something is so of it.</summary>
    private async Task<JsonNode> Until(string grid, Func<JsonNode, bool> so)
    {
        while (true)
        {
            var shown = await ClientProcess.Run(place.Folder, "show", grid, "--json", "--cluster", _cluster);
            if (shown.ExitCode == 0)
            {
                var results = JsonNode.Parse(shown.Output)!;
                if (so(results))
                {
                    return results;
                }

                Assert.True((string)results["grid"]!["status"]! == "Running", shown.Output);
            }
            else
            {
                // A silo that has just been killed may be the one that is asked.
                Assert.True(shown.ExitCode == 3, shown.Output + shown.Errors);
            }

            await Task.Delay(Poll, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What <c>silos --json</c> tells, once each silo has told of its one slot.</summary>
    private async Task<JsonArray> AnnouncedSilos()
    {
        while (true)
        {
            var listed = await ClientProcess.Run(place.Folder, "silos", "--json", "--cluster", _cluster);
            Assert.True(listed.ExitCode == 0, listed.Output + listed.Errors);
            var silos = JsonNode.Parse(listed.Output)!["silos"]!.AsArray();
            if (silos.All(silo => (int?)silo!["slots"] == 1))
            {
                return silos;
            }

            await Task.Delay(Poll, TestContext.Current.CancellationToken);
        }
    }

    private async Task EndsAsUndisturbed(string grid)
    {
        var watched = await ClientProcess.Run(place.Folder, "watch", grid, "--cluster", _cluster);
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
        var ended = await Until(grid, results => (string)results["grid"]!["status"]! == "Completed");
        Assert.Equal(await place.Undisturbed(), RecordedResults.Reproducible(ended));
    }

    private static string[] Silos(JsonNode grid) =>
        [.. grid["experiments"]!.AsArray().Select(experiment => (string?)experiment!["silo"]).OfType<string>().Distinct()];

    private static int Epochs(JsonNode grid) => grid["experiments"]!.AsArray().Sum(experiment => experiment!["history"]!.AsArray().Count);
}
