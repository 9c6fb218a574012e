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

    /// <summary>Theirs, the short forms, as <c>dropout</c> stands for four, and those of the layers that the built-in model or a configuration's has.</summary>
    public static ImmutableArray<string> Keys(IEnumerable<ExperimentConfig> configs) =>
        [.. Single.Select(key => key.Name), .. ShortForms.Keys, .. ConfigKey.Of(configs.Append(new ExperimentConfig { Model = ModelConfig.BuiltIn })).Select(key => key.Name).Where(key => SectionYaml.IsIn("model", key))];

    /// <summary>Whether a matrix that has the one sets the other too.</summary>
    public static bool Covers(string axis, string key) => axis == key || (ShortForms.TryGetValue(axis, out var sets) && sets.Contains(key));

    /// <returns>Null where the key stands for values that differ.</returns>
    public static string? Of(ExperimentConfig config, string key)
    {
        if (ByName.TryGetValue(key, out var single)) return single.Text(config);
        if (!ShortForms.TryGetValue(key, out var sets)) return ConfigKey.Find(key)?.Text(config);

        string?[] values = [.. sets.Select(part => ByName[part].Text(config)).Distinct(StringComparer.Ordinal)];
        return values is [var value] ? value : null;
    }
}
