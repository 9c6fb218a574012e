using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Reports;

/// <summary>Writes enumerations by the names of their members, but for those that have a form of their own, as words of grid files do.</summary>
internal sealed class EnumNameConverter : JsonConverterFactory
{
    private readonly JsonStringEnumConverter _names = new(namingPolicy: null, allowIntegerValues: false);

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => _names.CreateConverter(typeToConvert, options);
}
