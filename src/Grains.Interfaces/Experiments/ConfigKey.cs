using System.Collections.Immutable;
using System.Globalization;

namespace Experiments;

/// <summary>A key of the grid file under which a value of a configuration stands.</summary>
public sealed class ConfigKey
{
    private readonly Func<ExperimentConfig, IConvertible> _value;

    private ConfigKey(string name, Func<ExperimentConfig, IConvertible> value) => (Name, _value) = (name, value);

    /// <summary>Every key, in the order of the grid file.</summary>
    public static ImmutableArray<ConfigKey> All { get; } =
    [
        new("split.validation", config => config.Split.Validation),
        new("split.seed", config => config.Split.Seed),
        new("training.epochs", config => config.Training.Epochs),
        new("training.batchSize", config => config.Training.BatchSize),
        new("training.learningRate", config => config.Training.LearningRate),
        new("training.seed", config => config.Training.Seed),
        new("dropout.conv1", config => config.Dropout.Conv1),
        new("dropout.conv2", config => config.Dropout.Conv2),
        new("dropout.conv3", config => config.Dropout.Conv3),
        new("dropout.dense", config => config.Dropout.Dense),
    ];

    /// <summary>Such as <c>training.batchSize</c>.</summary>
    public string Name { get; }

    /// <summary>Such as <c>128</c>; reading it back gives the same value.</summary>
    public string Text(ExperimentConfig config) => _value(config).ToString(CultureInfo.InvariantCulture);

    /// <summary>The nearest one, where a seed is beyond 2⁵³.</summary>
    public double Number(ExperimentConfig config) => _value(config).ToDouble(CultureInfo.InvariantCulture);
}
