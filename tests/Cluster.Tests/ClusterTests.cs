using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Silos in processes of their own on a PostgreSQL of the test's own: whatever happens to them, a grid ends as on one machine.</summary>
public sealed class ClusterTests(ITestOutputHelper log) : IAsyncLifetime
{
    private const string Experiments =
        """
          - name: baseline
          - name: dropout
            dropout: { conv1: 0.25, conv2: 0.25, conv3: 0.4, dense: 0.3 }
          - name: gentle
            training: { learningRate: 0.0003 }
          - name: other
            training: { seed: 7 }
        """;

    /// <summary>A kill before an epoch's end counts as an attempt.</summary>
    private const string Patient = "maxAttempts: 100";

    private readonly Workplace _workplace = new();
    private readonly List<SiloProcess> _silos = [];
    private PrivatePostgres _postgres = null!;
    private string _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PrivatePostgres.Start();
        _cluster = await _postgres.CreateDatabase();
    }

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

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _workplace.Dispose();
    }

    [Fact]
    public async Task TwoSilosThatStartAtOnceShareAGridAndAThirdTakesWorkAtOnce()
    {
        await Task.WhenAll(Start(), Start());
        string file = _workplace.Grid("shared", Experiments, epochs: 5);
        await Submit(file);
        await Until("shared", grid => Silos(grid).Length == 2);

        await Start();

        await Until("shared", grid => Silos(grid).Length == 3);
        await EndsAsUndisturbed(file, "shared");
    }

    [Fact]
    public async Task SigtermHandsExperimentsOverToAnotherSilo()
    {
        var (leaving, _) = (await Start(), await Start());
        string file = _workplace.Grid("handed", Experiments, epochs: 4);
        await Submit(file);
        await Until("handed", grid => Silos(grid).Length == 2);

        Assert.Equal(0, await leaving.Terminate());

        await EndsAsUndisturbed(file, "handed");
    }

    [Fact]
    public async Task TheExperimentsOfAKilledSiloAreTrainedElsewhere()
    {
        var (killed, _) = (await Start(), await Start());
        string file = _workplace.Grid("killed", Experiments, epochs: 4, Patient);
        await Submit(file);
        await using var watch = ClientProcess.Start(_workplace.Folder, "watch", "killed", "--cluster", _cluster);
        await Until("killed", grid => Silos(grid).Length == 2 && Epochs(grid) > 0);

        await killed.Kill();

        await EndsAsUndisturbed(file, "killed");
        var watched = await watch.Finish();
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Errors);
    }

    [Fact]
    public async Task AGridGoesOnByItselfWhenAllSilosWereKilledAndStartAgain()
    {
        await Task.WhenAll(Start(), Start());
        string file = _workplace.Grid("restarted", Experiments, epochs: 4, Patient);
        await Submit(file);
        await Until("restarted", grid => Epochs(grid) > 0);

        await Task.WhenAll(_silos.Select(silo => silo.Kill()));
        await Task.WhenAll(Start(), Start());

        await EndsAsUndisturbed(file, "restarted");
    }

    [Fact]
    public async Task AGridOutlivesTheDeathOfTheDatabaseServer()
    {
        await Task.WhenAll(Start(), Start());
        string file = _workplace.Grid("outlived", Experiments, epochs: 4, Patient);
        await Submit(file);
        await Until("outlived", grid => Epochs(grid) > 0);

        await _postgres.Kill();
        await _postgres.Restart();

        await EndsAsUndisturbed(file, "outlived");
    }

    [Theory]
    [InlineData("Database=nowhere", "Create the database with 'createdb'")]
    [InlineData("Port=1", "Check host and port")]
    [InlineData("", "No silo has started on it yet")]
    public async Task AClientSaysInOneLineWhyItReachesNoCluster(string wrong, string remedy)
    {
        var list = await ClientProcess.Run(_workplace.Folder, "list", "--cluster", $"{_cluster};Password=secret;{wrong}");

        Assert.Equal(3, list.ExitCode);
        Assert.Contains(remedy, Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientSaysInOneLineThatNoSiloAnswers()
    {
        await (await Start()).Kill();

        var list = await ClientProcess.Run(_workplace.Folder, "list", "--cluster", _cluster);

        Assert.Equal(3, list.ExitCode);
        Assert.StartsWith("No silo of the cluster answers.", Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private async Task<SiloProcess> Start()
    {
        var silo = await SiloProcess.Start(_workplace.Folder, _cluster, "--slots", "1");
        lock (_silos)
        {
            _silos.Add(silo);
        }

        return silo;
    }

    private async Task Submit(string file)
    {
        var submitted = await ClientProcess.Run(_workplace.Folder, "submit", file, "--cluster", _cluster);
        Assert.True(submitted.ExitCode == 0, submitted.Output + submitted.Errors);
    }

    /// <summary>The grid, as <c>show --json</c> tells it, once something is so of it.</summary>
    private async Task<JsonNode> Until(string grid, Func<JsonNode, bool> so)
    {
        while (true)
        {
            var shown = await ClientProcess.Run(_workplace.Folder, "show", grid, "--json", "--cluster", _cluster);
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
        }
    }

    private async Task EndsAsUndisturbed(string file, string grid)
    {
        var ended = await Until(grid, results => (string)results["grid"]!["status"]! == "Completed");
        var alone = await ClientProcess.Run(_workplace.Folder, "run", file, "--output", "alone");
        Assert.True(alone.ExitCode == 0, alone.Output + alone.Errors);
        Assert.Equal(RecordedResults.Reproducible(RecordedResults.Read(_workplace.PathOf("alone", "results.json"))), RecordedResults.Reproducible(ended));
    }

    private static string[] Silos(JsonNode grid) =>
        [.. grid["experiments"]!.AsArray().Select(experiment => (string?)experiment!["silo"]).OfType<string>().Distinct()];

    private static int Epochs(JsonNode grid) => grid["experiments"]!.AsArray().Sum(experiment => experiment!["history"]!.AsArray().Count);
}
