using System.Text.Json.Nodes;
using Experiments.Processes;
using Xunit;

namespace Experiments.Cluster.Tests;

/// <summary>Verbs that are asked while a silo dies: each is carried out once, and says so.</summary>
public sealed class VerbTests(ClusterPlace place) : IClassFixture<ClusterPlace>
{
    private static readonly string[] Grids = ["cancelled", "paused", "shown", "submitted"];

    [Fact]
    public async Task EveryVerbOutlastsTheDeathOfASilo()
    {
        string cluster = await place.Postgres.CreateDatabase();
        await using var killed = await SiloProcess.Start(place.Folder, cluster, "--slots", "0");
        await using var other = await SiloProcess.Start(place.Folder, cluster, "--slots", "0");
        foreach (string grid in Grids)
        {
            await Json(cluster, "submit", place.Grid(grid), "--json");
        }

        // The queue, and each grid, may have been the killed silo's: some answers are lost, and some questions reach nobody.
        var answers = Task.WhenAll(
            Json(cluster, "cancel", "cancelled", "--json"),
            Json(cluster, "pause", "paused", "--json"),
            Json(cluster, "report", "shown", "--json"),
            Json(cluster, "submit", place.Grid("submitted"), "--json"),
            Json(cluster, "list", "--json"));
        await killed.Kill();

        var (cancelled, paused, shown, submitted, listed) = await answers is [var a, var b, var c, var d, var e] ? (a, b, c, d, e) : default;
        Assert.Equal((4, 0), Counts(cancelled));
        Assert.Equal((4, 0), Counts(paused));
        Assert.Equal(4, shown["experiments"]!.AsArray().Count);
        Assert.False((bool)submitted["created"]!);
        Assert.Equal(Grids.Length, listed["grids"]!.AsArray().Count);
        Assert.Equal((4, 0), Counts(await Json(cluster, "resume", "paused", "--json")));
        Assert.Equal((4, 0), Counts(await Json(cluster, "delete", "cancelled", "--yes", "--json")));
    }

    private static (int Changed, int Skipped) Counts(JsonNode answer) => ((int)answer["changed"]!, (int)answer["skipped"]!);

    private async Task<JsonNode> Json(string cluster, params string[] verb)
    {
        var result = await ClientProcess.Run(place.Folder, [.. verb, "--cluster", cluster]);
        Assert.True(result.ExitCode == 0, $"{verb[0]} ended with exit code {result.ExitCode}\n{result.Output}{result.Errors}");
        return JsonNode.Parse(result.Output)!;
    }
}
