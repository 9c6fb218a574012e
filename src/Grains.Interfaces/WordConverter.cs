using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>Writes an enumeration in JSON as grid files do: <c>validationLoss</c>.</summary>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
