using System.Net;
using System.Text.Json.Nodes;

namespace Experiments.Dashboard.Tests;

public sealed class SiloEndpointsTests(TrainedCluster cluster)
{
    [Fact]
    public async Task Silos_are_those_of_the_command_line()
    {
        var dashboard = cluster.Dashboard;

        var listed = (await cluster.Json("silos")).AsObject();
        var served = (await dashboard.Json("/api/silos")).AsObject();

        Assert.Equal(Keys(listed), Keys(served));
        var (expected, silo) = (Assert.Single(listed["silos"]!.AsArray())!.AsObject(), Assert.Single(served["silos"]!.AsArray())!.AsObject());
        Assert.Equal(Keys(expected), Keys(silo));
        foreach (string key in (string[])["address", "status", "slots", "busy", "startedAt", "experiments"]) Assert.True(JsonNode.DeepEquals(expected[key], silo[key]), key);
        Assert.Equal(2, (int)silo["slots"]!);
        Assert.True((long)served["storageBytes"]! > 0);
    }

    [Fact]
    public async Task Silos_that_only_grew_older_are_not_sent_again()
    {
        var dashboard = cluster.Dashboard;

        // What is free on the disk may change at any time; not each time.
        for (int attempt = 1; ; attempt++)
        {
            using var first = await dashboard.Get("/api/silos");
            Assert.True(first.Headers.ETag!.IsWeak);
            using var again = await dashboard.GetUnless("/api/silos", first.Headers.ETag.ToString());
            if (again.StatusCode == HttpStatusCode.NotModified) return;

            Assert.True(attempt < 50, "The list was another each time.");
        }
    }

    private static IEnumerable<string> Keys(JsonObject node) => node.Select(pair => pair.Key).Order(StringComparer.Ordinal);
}
