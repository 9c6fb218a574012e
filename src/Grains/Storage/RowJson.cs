using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Grains.Storage;

/// <summary>An experiment's row as text that a person can read in the database.</summary>
internal static class RowJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        // A diverging loss is NaN or infinite, and its row must be written all the same.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write(ExperimentRow row) => JsonSerializer.Serialize(row, Options);

    public static ExperimentRow Read(string json) => JsonSerializer.Deserialize<ExperimentRow>(json, Options)!;
}
