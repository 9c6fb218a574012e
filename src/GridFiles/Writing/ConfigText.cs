using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Values of a configuration under every key that a matrix may have.</summary>
internal static class ConfigText
{
    private const string Dropout = "dropout";

    private static readonly Dictionary<string, ConfigKey> Single = ConfigKey.All.ToDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>Those of single values, and <c>dropout</c>, which stands for four.</summary>
    public static ImmutableArray<string> Keys { get; } = [.. ConfigKey.All.Select(key => key.Name), Dropout];

    public static bool Covers(string axis, string key) => axis == key || key.StartsWith(axis + ".", StringComparison.Ordinal);

    /// <returns>Null where the key stands for values that differ.</returns>
    public static string? Of(ExperimentConfig config, string key)
    {
        if (Single.TryGetValue(key, out var single)) return single.Text(config);

        var rates = config.Dropout;
        return rates.Conv1 == rates.Conv2 && rates.Conv2 == rates.Conv3 && rates.Conv3 == rates.Dense ? Single["dropout.dense"].Text(config) : null;
    }
}
