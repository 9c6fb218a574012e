using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Cluster.Tests.History;

/// <summary>What an experiment comes to when nothing happens to its training.</summary>
internal sealed record Undisturbed(ImmutableArray<EpochMetrics> History, string WeightsSha256)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <returns>By the experiment's name.</returns>
    public static ImmutableDictionary<string, Undisturbed> Read(JsonNode results) => results["experiments"]!.AsArray().ToImmutableDictionary(
        experiment => (string)experiment!["name"]!,
        experiment => new Undisturbed(experiment!["history"].Deserialize<ImmutableArray<EpochMetrics>>(Web), (string)experiment["weightsSha256"]!));
}
