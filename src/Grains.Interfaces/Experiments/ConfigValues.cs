using System.Collections.Immutable;

namespace Experiments;

/// <summary>A configuration as the grid file's keys and their values, such as <c>training.batchSize</c> and <c>128</c>.</summary>
public static class ConfigValues
{
    /// <summary>Every key, in the order of the grid file; two configurations are equal exactly where all their values are.</summary>
    public static ImmutableArray<ConfigValue> Of(ExperimentConfig config) => [.. ConfigKey.All.Select(key => new ConfigValue(key.Name, key.Text(config)))];
}

public readonly record struct ConfigValue(string Key, string Value);
