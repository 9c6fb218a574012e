using System.Text.Json.Nodes;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Npgsql;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Clients that die, that all ask for the same, and that change their mind at the last moment.</summary>
public sealed class ClientFaultTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private TestedCluster _cluster = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task ASubmitWhoseClientIsKilledLeavesNothingOrAWholeGridAndSucceedsTheNextTime()
    {
        const int Kills = 6, LongestSubmit = 2_000, LongestRegistration = 20;
        var random = Seed.Random(log);
        await _cluster.Start(1, "--slots", "0");
        var client = await _cluster.Connect();
        for (int kill = 1; kill <= Kills; kill++)
        {
            string name = $"submitted-{kill}";
            string file = place.Grid(name);
            await using (var submit = ClientProcess.Start(place.Folder, "submit", file, "--cluster", _cluster.Database))
            {
                // Every other one in the moment in which the silo registers the grid.
                await Task.WhenAny(kill % 2 == 0 ? Registered(name) : Task.Delay(random.Next(LongestSubmit), Token), submit.Finish());
                await Task.Delay(random.Next(LongestRegistration), Token);
                submit.Kill();
                await submit.Finish();
            }

            Assert.Contains(await Experiments(client, name), new int?[] { null, ClusterPlace.ExperimentsOfAGrid });
            await _cluster.Submit(file);
            Assert.Equal(ClusterPlace.ExperimentsOfAGrid, await Experiments(client, name));
            Assert.Equal(1L, await Grids(name));
        }
    }

    [Fact]
    public async Task AHundredSubmitsOfTheSameAtOnceCreateOneGrid()
    {
        await Task.WhenAll(_cluster.Start(1, "--slots", "0"), _cluster.Start(2, "--slots", "0"));
        var client = await _cluster.Connect();
        var grid = new GridDefinition
        {
            Name = "hundredfold",
            Dataset = new DatasetReference { Name = DatasetReference.FashionMnist, Sha256 = new string('a', 64) },
            Experiments = [.. Enumerable.Range(1, 50).Select(seed => new ExperimentDefinition
            {
                Name = $"seed={seed}", Variant = "seed", Config = new ExperimentConfig { Training = new TrainingConfig { Seed = seed } },
            })],
        };

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetGrain<IGridGrain>(GrainKeys.Grid(grid.Name)).Submit(grid, Token)));

        Assert.Single(results, result => result.Created);
        Assert.Single(results.DistinctBy(result => result.Grid.Id));
        Assert.All(results, result => Assert.Equal(50, result.Grid.Experiments));
        Assert.Equal(1L, await Grids(grid.Name));

        string file = place.Grid("fivefold");
        var submits = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _cluster.Ask("submit", file, "--json")));

        Assert.All(submits, submit => Assert.True(submit.ExitCode == 0, submit.Errors));
        Assert.Single(submits, submit => (bool)JsonNode.Parse(submit.Output)!["created"]!);
        Assert.Equal(1L, await Grids("fivefold"));
    }

    [Fact]
    public async Task ACancelThatRacesWithTheEndLeavesOneFinalStateForEveryReader()
    {
        const int Racing = 12, LongestEvaluation = 400;
        var random = Seed.Random(log);
        await _cluster.Start(1, 2, 3);
        var client = await _cluster.Connect();
        await _cluster.Submit(place.Grid(
            "raced", "  - name: short\n    training: { batchSize: 256 }\n    matrix: { training.seed: [" + string.Join(", ", Enumerable.Range(1, Racing)) + "] }", epochs: 1));

        // The only epoch is committed, and the evaluation comes next: that is when each is cancelled.
        var cancels = new Dictionary<string, ControlResult>();
        var grid = client.GetGrain<IGridGrain>(GrainKeys.Grid("raced"));
        while (cancels.Count < Racing)
        {
            var events = await _cluster.Until("another has trained its epoch", events => events.Epochs().Count() > cancels.Count);
            foreach (string experiment in events.Epochs().Select(epoch => epoch.ExperimentId).Where(experiment => !cancels.ContainsKey(experiment)))
            {
                await Task.Delay(random.Next(LongestEvaluation), Token);
                cancels.Add(experiment, (await grid.Control(ControlVerb.Cancel, experiment, Token))!);
            }
        }

        var answered = cancels.ToDictionary(cancel => cancel.Key, cancel => cancel.Value.Status!.Value.ToString());
        int cancelled = answered.Values.Count(status => status == nameof(ExperimentStatus.Cancelled));
        log.WriteLine($"{cancelled} of {Racing} were cancelled before their end.");
        Assert.All(cancels.Values, cancel => Assert.Equal(cancel.Status == ExperimentStatus.Cancelled ? 1 : 0, cancel.Changed));
        Assert.Equal(answered, (await _cluster.Until("every row is final", events => events.Rows().All(row => row.Status.IsFinal()))).Rows()
            .ToDictionary(row => row.ExperimentId, row => row.Status.ToString()));
        Assert.Equal(answered, Statuses(await _cluster.Show("raced")));
        Assert.Equal(answered, Statuses(JsonNode.Parse((await _cluster.Ask("report", "raced", "--json")).Output)!));
        var listed = JsonNode.Parse((await _cluster.Ask("list", "--json")).Output)!["grids"]!.AsArray().Single()!;
        Assert.Equal((Racing, Racing - cancelled, cancelled > 0 ? "Cancelled" : "Completed"), ((int)listed["experiments"]!, (int)listed["completed"]!, (string)listed["status"]!));

        // What is persisted is what others read who have never heard of it.
        await Task.WhenAll(_cluster.Silos.Values.Select(silo => silo.Terminate()));
        await _cluster.Start(1);
        Assert.Equal(answered, Statuses(await _cluster.Show("raced")));
    }

    private static Dictionary<string, string> Statuses(JsonNode results) =>
        results["experiments"]!.AsArray().ToDictionary(experiment => (string)experiment!["id"]!, experiment => (string)experiment!["status"]!);

    private static async Task<int?> Experiments(IClusterClient client, string grid) =>
        (await client.GetGrain<IGridGrain>(GrainKeys.Grid(grid)).GetSnapshot(0, Token))?.Experiments.Length;

    private async Task Registered(string grid)
    {
        await using var source = NpgsqlDataSource.Create(_cluster.Database);
        await using var command = source.CreateCommand($"SELECT count(*) FROM grid WHERE name = '{grid}'");
        while ((long)(await command.ExecuteScalarAsync(Token))! == 0)
        {
            await Task.Delay(Glance, Token);
        }
    }

    private async Task<object?> Grids(string name) => await PrivatePostgres.Execute(_cluster.Database, $"SELECT count(*) FROM grid WHERE name = '{name}'");
}
