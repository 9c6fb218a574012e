using System.Collections.Immutable;

namespace Experiments;

/// <summary>A configuration as the grid file's keys and their values, such as <c>training.batchSize</c> and <c>128</c>.</summary>
public static class ConfigValues
{
    /// <summary>Every key that it has, in the order of the grid file; two configurations are equal exactly where all their values are.</summary>
    public static ImmutableArray<ConfigValue> Of(ExperimentConfig config) => Of(ConfigKey.Of([config]), config);

    /// <summary>Those worth a line, as <see cref="ConfigKey.Shown"/> has it.</summary>
    public static ImmutableArray<ConfigValue> Shown(ExperimentConfig config) => Of(ConfigKey.Shown([config]), config);

    private static ImmutableArray<ConfigValue> Of(ImmutableArray<ConfigKey> keys, ExperimentConfig config) =>
        [.. from key in keys let text = key.Text(config) where text is not null select new ConfigValue(key.Name, text)];
}

public readonly record struct ConfigValue(string Key, string Value);
