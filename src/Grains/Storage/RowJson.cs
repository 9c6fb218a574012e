using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Experiments.Grains.Storage;

/// <summary>An experiment's row as text that a person can read in the database.</summary>
internal static class RowJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        // A diverging loss is NaN or infinite, and its row must be written all the same.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveAnnotationOut } },
    };

    public static string Write(ExperimentRow row) => JsonSerializer.Serialize(row, Options);

    public static ExperimentRow Read(string json) => JsonSerializer.Deserialize<ExperimentRow>(json, Options)!;

    /// <summary>It has rows of its own: the experiment, which writes this one, does not know it.</summary>
    private static void LeaveAnnotationOut(JsonTypeInfo type)
    {
        if (type.Type == typeof(ExperimentRow)) type.Properties.Remove(type.Properties.Single(member => member.Name == "annotation"));
    }
}
