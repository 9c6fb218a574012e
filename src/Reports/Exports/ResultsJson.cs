using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Experiments.Reports;

/// <summary>Results as <c>results.json</c>, and the settings by which every other JSON of the command line and the web is written.</summary>
public static class ResultsJson
{
    public const int SchemaVersion = 1;

    /// <summary>
    /// camelCase; enums by name, or by the words of grid files; times in UTC, ending in Z; NaN and infinities, which JSON has no numbers for, as null. Text stays
    /// readable in every script, and what HTML could take for markup is escaped.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Makes <see cref="Options"/> of those of a web host, which are its own.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.NewLine = "\n";
        options.WriteIndented = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Absences.Apply } };
        options.Converters.Add(new EnumNameConverter());
        options.Converters.Add(new FiniteOrNullConverter());
        options.Converters.Add(new UtcConverter());
    }

    public static string Write(GridResults results) =>
        JsonSerializer.Serialize(new Document(SchemaVersion, GridHead.Of(results.Grid), results.Experiments), Options);

    /// <summary>One element of <c>experiments</c>.</summary>
    public static string Write(ExperimentSnapshot experiment) => JsonSerializer.Serialize(experiment, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    private sealed record Document(int SchemaVersion, GridHead Grid, ImmutableArray<ExperimentSnapshot> Experiments);
}
