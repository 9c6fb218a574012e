using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Processes;

/// <summary>results.json, and the part of it that must come out the same each time.</summary>
internal static class RecordedResults
{
    public static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    /// <summary>Per experiment, in the order of their names: weights, losses and accuracies of every epoch, and the evaluation, as text.</summary>
    public static string Reproducible(JsonNode results) => new JsonArray(
        [
            .. results["experiments"]!.AsArray().OrderBy(experiment => (string)experiment!["name"]!, StringComparer.Ordinal).Select(experiment => new JsonObject
            {
                ["name"] = experiment!["name"]!.DeepClone(),
                ["status"] = experiment["status"]!.DeepClone(),
                ["weightsSha256"] = experiment["weightsSha256"]?.DeepClone(),
                ["test"] = experiment["test"]?.DeepClone(),
                ["confusionMatrix"] = experiment["confusionMatrix"]?.DeepClone(),
                ["history"] = new JsonArray([.. experiment["history"]!.AsArray().Select(WithoutSeconds)]),
            }),
        ]).ToJsonString(Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static JsonNode WithoutSeconds(JsonNode? epoch)
    {
        var numbers = epoch!.DeepClone().AsObject();
        numbers.Remove("seconds");
        return numbers;
    }
}
