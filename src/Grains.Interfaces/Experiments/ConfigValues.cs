using System.Collections.Immutable;
using System.Globalization;

namespace Experiments;

/// <summary>A configuration as the grid file's keys and their values, such as <c>training.batchSize</c> and <c>128</c>.</summary>
public static class ConfigValues
{
    /// <summary>Every key, in the order of the grid file; two configurations are equal exactly where all their values are.</summary>
    public static ImmutableArray<ConfigValue> Of(ExperimentConfig config) =>
    [
        new("split.validation", Text(config.Split.Validation)),
        new("split.seed", Text(config.Split.Seed)),
        new("training.epochs", Text(config.Training.Epochs)),
        new("training.batchSize", Text(config.Training.BatchSize)),
        new("training.learningRate", Text(config.Training.LearningRate)),
        new("training.seed", Text(config.Training.Seed)),
        new("dropout.conv1", Text(config.Dropout.Conv1)),
        new("dropout.conv2", Text(config.Dropout.Conv2)),
        new("dropout.conv3", Text(config.Dropout.Conv3)),
        new("dropout.dense", Text(config.Dropout.Dense)),
    ];

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}

public readonly record struct ConfigValue(string Key, string Value);
