using System.Collections.Immutable;
using System.Globalization;

namespace Experiments;

/// <summary>A key of the grid file under which a value of a configuration stands. Two are equal where their names are.</summary>
public sealed class ConfigKey : IEquatable<ConfigKey>
{
    private const string OfModel = "model";

    private readonly Func<ExperimentConfig, IConvertible?> _value, _usual;

    private ConfigKey(string name, bool isNumber, bool isRare, Func<ExperimentConfig, IConvertible?> value, Func<ExperimentConfig, IConvertible?>? usual = null) =>
        (Name, IsNumber, IsRare, _value, _usual) = (name, isNumber, isRare, value, usual ?? (_ => value(new ExperimentConfig())));

    /// <summary>Those that are not of a layer, in the order of the grid file.</summary>
    public static ImmutableArray<ConfigKey> All { get; } =
    [
        Number("split.validation", config => config.Split.Validation),
        Number("split.seed", config => config.Split.Seed),
        Number("training.epochs", config => config.Training.Epochs),
        Number("training.batchSize", config => config.Training.BatchSize),
        Number("training.learningRate", config => config.Training.LearningRate),
        Number("training.seed", config => config.Training.Seed),
        RareWord("training.optimizer", config => Word.Of(config.Training.Optimizer)),
        RareNumber("training.momentum", config => config.Training.Momentum),
        RareNumber("training.weightDecay", config => config.Training.WeightDecay),
        RareNumber("training.labelSmoothing", config => config.Training.LabelSmoothing),
        RareWord("training.schedule.kind", config => Word.Of(config.Training.Schedule.Kind)),
        RareNumber("training.schedule.warmup", config => config.Training.Schedule.Warmup),
        RareNumber("training.schedule.every", config => config.Training.Schedule.Every),
        RareNumber("training.schedule.factor", config => config.Training.Schedule.Factor),
        RareNumber("training.earlyStopping.patience", config => config.Training.EarlyStopping.Patience),
        RareWord("training.earlyStopping.monitor", config => Word.Of(config.Training.EarlyStopping.Monitor)),
        RareWord("training.earlyStopping.restoreBest", config => Word.Of(config.Training.EarlyStopping.RestoreBest)),
        RareNumber("training.augmentation.shift", config => config.Training.Augmentation.Shift),
        RareWord("training.augmentation.flip", config => Word.Of(config.Training.Augmentation.Flip)),
        RareWord(OfModel, config => ModelText.Of(config.Model)),
        Rate("dropout.conv1", rates => rates.Conv1),
        Rate("dropout.conv2", rates => rates.Conv2),
        Rate("dropout.conv3", rates => rates.Conv3),
        Rate("dropout.dense", rates => rates.Dense),
    ];

    /// <summary>Such as <c>training.batchSize</c>.</summary>
    public string Name { get; }

    /// <summary>Whether its values are numbers; else they are words, of which <c>true</c> and <c>false</c> are two.</summary>
    public bool IsNumber { get; }

    /// <summary>Whether few use it: it is shown where it is not as it is by default.</summary>
    private bool IsRare { get; }

    /// <summary>Whether it says something of layers that the models of others may lack.</summary>
    public bool IsOfLayers { get; private init; }

    /// <summary><see cref="All"/>, then values of layers, such as <c>model.conv2.filters</c>, of the models that are not the built-in one as it stands.</summary>
    public static ImmutableArray<ConfigKey> Of(IEnumerable<ExperimentConfig> configs) =>
    [
        .. All,
        .. configs.Select(config => config.Model).OfType<ModelConfig>().Distinct()
            .SelectMany(LayerValues.Varied, (_, layer) => LayerValues.Of(layer).Select(value => OfLayer(layer.Name, value.Name)))
            .SelectMany(keys => keys).Distinct(),
    ];

    /// <summary>Those in which the configurations differ; values of layers where configurations do whose models are of the same layers, for else it is the models that differ.</summary>
    public static ImmutableArray<ConfigKey> Varied(IReadOnlyCollection<ExperimentConfig> configs)
    {
        var ofOneModel = configs.ToLookup(config => ModelText.Of(config.Model), StringComparer.Ordinal);
        return [.. Of(configs).Where(key => key.IsOfLayers ? ofOneModel.Any(key.IsVaried) : key.IsVaried(configs))];
    }

    /// <summary>Those worth a line: all but what none of the configurations has, or all have as it is by default and few ever change.</summary>
    public static ImmutableArray<ConfigKey> Shown(IReadOnlyCollection<ExperimentConfig> configs)
    {
        var varied = Varied(configs);
        return [.. Of(configs).Where(key => configs.Any(config => key.Text(config) is not null && !(key.IsRare && key.IsUsual(config))) || varied.Contains(key))];
    }

    /// <param name="name">In upper or lower case; of a layer's value the layer may be any.</param>
    /// <returns>Null where no configuration has such a key.</returns>
    public static ConfigKey? Find(string name) =>
        All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (name.Split('.') is [var model, { Length: > 0 } layer, var value] && model.Equals(OfModel, StringComparison.OrdinalIgnoreCase)
            && LayerValues.Names.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } known
            ? OfLayer(layer, known)
            : null);

    /// <summary>Such as <c>128</c>; reading it back gives the same value. Null where the configuration has no such value, as of a layer that its model lacks.</summary>
    public string? Text(ExperimentConfig config) => Text(_value(config));

    /// <summary>The nearest one, where a seed is beyond 2⁵³; null where the configuration has no such value, or it is a word.</summary>
    public double? Number(ExperimentConfig config) => IsNumber ? _value(config)?.ToDouble(CultureInfo.InvariantCulture) : null;

    public bool Equals(ConfigKey? other) => Name == other?.Name;

    public override bool Equals(object? obj) => Equals(obj as ConfigKey);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether the value is what it is where nobody says anything.</summary>
    private bool IsUsual(ExperimentConfig config) => Text(config) == Text(_usual(config));

    private bool IsVaried(IEnumerable<ExperimentConfig> configs) => configs.Select(Text).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private static string? Text(IConvertible? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static ConfigKey Number(string name, Func<ExperimentConfig, IConvertible> value) => new(name, isNumber: true, isRare: false, value);

    private static ConfigKey RareNumber(string name, Func<ExperimentConfig, IConvertible> value) => new(name, isNumber: true, isRare: true, value);

    private static ConfigKey RareWord(string name, Func<ExperimentConfig, string> value) => new(name, isNumber: false, isRare: true, value);

    /// <summary>A list of layers has its rates in it.</summary>
    private static ConfigKey Rate(string name, Func<DropoutRates, double> rate) =>
        new(name, isNumber: true, isRare: false, config => config.Model is { IsFashionCnn: false } ? null : rate(config.Dropout)) { IsOfLayers = true };

    private static ConfigKey OfLayer(string layer, string value) =>
        new($"{OfModel}.{layer}.{value}", LayerValues.IsNumber(value), isRare: true, config => LayerValues.Of(config, layer, value), config => LayerValues.UsualOf(config, layer, value))
        {
            IsOfLayers = true,
        };
}
