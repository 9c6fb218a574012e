using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Values of a configuration under every key that a matrix may have.</summary>
internal static class ConfigText
{
    private static readonly Dictionary<string, ImmutableArray<string>> ShortForms =
        Settings.OfExperiment.Where(setting => setting.Sets is not [var key] || key != setting.Key).ToDictionary(setting => setting.Key, setting => setting.Sets, StringComparer.Ordinal);

    private static readonly Dictionary<string, ConfigKey> ByName = ConfigKey.All.ToDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>Those of single values that every configuration has.</summary>
    public static ImmutableArray<ConfigKey> Single { get; } = [.. ConfigKey.All.Where(key => Settings.OfExperiment.Any(setting => setting.Key == key.Name))];

    /// <summary>Theirs, and the short forms: <c>dropout</c> stands for four.</summary>
    public static ImmutableArray<string> Keys { get; } = [.. Single.Select(key => key.Name), .. ShortForms.Keys];

    /// <summary>Whether a matrix that has the one sets the other too.</summary>
    public static bool Covers(string axis, string key) => axis == key || (ShortForms.TryGetValue(axis, out var sets) && sets.Contains(key));

    /// <returns>Null where the key stands for values that differ.</returns>
    public static string? Of(ExperimentConfig config, string key)
    {
        if (ByName.TryGetValue(key, out var single)) return single.Text(config);

        string?[] values = [.. ShortForms[key].Select(part => ByName[part].Text(config)).Distinct(StringComparer.Ordinal)];
        return values is [var value] ? value : null;
    }
}
