using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Training.Checkpoints;

/// <summary>Refuses numbers beyond the range of a double, such as 1e999, which are read as infinite otherwise.</summary>
internal sealed class FiniteConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble() is var number && double.IsFinite(number) ? number : throw new JsonException("A number is beyond the range.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
