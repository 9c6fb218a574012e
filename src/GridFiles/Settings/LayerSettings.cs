namespace Experiments.GridFiles;

/// <summary>The keys of a model's layers, such as <c>model.conv2.filters</c>.</summary>
internal static class LayerSettings
{
    /// <summary>Stands for all of them where keys are listed.</summary>
    public const string Any = "model.LAYER.VALUE";

    public static string KeyOf(string layer, string value) => $"model.{layer}.{value}";

    /// <summary>A value of a layer as one of an experiment, whose model has the layer.</summary>
    public static Setting<ExperimentConfig> Of(string layer, Setting<LayerConfig> setting) => new(
        KeyOf(layer, setting.Key),
        setting.Wanted,
        text => setting.Parse(text) is { } parsed ? new(parsed.Text, config => config with { Model = With(config.Model ?? ModelConfig.BuiltIn, layer, parsed.Set) }) : null)
    {
        IsWord = setting.IsWord,
    };

    private static ModelConfig With(ModelConfig model, string name, Func<LayerConfig, LayerConfig> set) =>
        model with { Layers = [.. model.Layers.Select(layer => layer.Name == name ? set(layer) : layer)] };
}
