using System.Text.Json.Nodes;
using Experiments.Cluster.Tests.History;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>What users of a cluster of several silos see.</summary>
public sealed class ClusterTests(ClusterPlace place, ITestOutputHelper log) : IAsyncLifetime
{
    private TestedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestedCluster.Create(place, log);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task TwoSilosThatStartAtOnceShareAGridAndAThirdTakesWorkAtOnce()
    {
        await _cluster.Start(1, 2);
        await using var held = await HeldRows.OfEpochs(_cluster.Database, from: 2);
        await _cluster.Submit(place.Grid("shared"));
        await _cluster.Until("both train", events => events.Running().DistinctBy(TestedCluster.SiloOf).Count() == 2);

        await _cluster.Start(3);

        await _cluster.Until("all three train", events => events.Running().DistinctBy(TestedCluster.SiloOf).Count() == 3);
        await held.Release();
        Assert.Equal(3, (await AnnouncedSilos()).Count);
        await _cluster.EndsAsUndisturbed("shared");
    }

    [Theory]
    [InlineData("Database=nowhere", "Create the database with 'createdb'")]
    [InlineData("Port=1", "Check host and port")]
    [InlineData("", "No silo has started on it yet")]
    public async Task AClientSaysInOneLineWhyItReachesNoCluster(string wrong, string remedy)
    {
        var list = await ClientProcess.Run(place.Folder, "list", "--cluster", $"{_cluster.Database};Password=secret;{wrong}");

        Assert.Equal(3, list.ExitCode);
        Assert.Contains(remedy, Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientSaysInOneLineThatNoSiloAnswers()
    {
        await _cluster.Start(1);
        await _cluster.Silos[1].Kill();

        var list = await _cluster.Ask("list");

        Assert.Equal(3, list.ExitCode);
        Assert.StartsWith("No silo of the cluster answers.", Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientIsTurnedAwayByAnotherClustersSiloThatHasTheAddressOfItsOwn()
    {
        await _cluster.Start(1);
        await _cluster.Silos[1].Kill();
        await using var other = await SiloProcess.Start(
            place.Folder, await place.Postgres.CreateDatabase(), "--slots", "1", "--address", _cluster.Address, "--silo-port", "11111", "--gateway-port", "30000");

        var list = await _cluster.Ask("list");

        Assert.Equal(3, list.ExitCode);
        Assert.StartsWith("No silo of the cluster answers.", Assert.Single(list.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>What <c>silos --json</c> tells, once each silo has told of its one slot.</summary>
    private async Task<JsonArray> AnnouncedSilos() => await Wait.Until(
        "each silo has announced its slot",
        async () =>
        {
            var listed = await _cluster.Ask("silos", "--json");
            Assert.True(listed.ExitCode == 0, listed.Output + listed.Errors);
            return JsonNode.Parse(listed.Output)!["silos"]!.AsArray();
        },
        silos => silos.All(silo => (int?)silo!["slots"] == 1));
}
