using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>The model that is in force for an experiment, before a matrix and the command line change it.</summary>
/// <param name="Base">The built-in one as it stands, or the list of the file.</param>
/// <param name="Place">Where it was said; null where nobody says anything.</param>
/// <param name="LayerPlaces">Of the layers of a list; empty for the built-in model.</param>
/// <param name="Choices">The model, and then the values over it.</param>
/// <param name="IsWhole">Whether nothing of it was wrong; else more about its layers cannot be said.</param>
internal sealed record ModelPlan(ModelConfig Base, Place? Place, ImmutableArray<Place> LayerPlaces, ImmutableArray<Choice> Choices, bool IsWhole = true)
{
    public static ModelPlan BuiltIn { get; } = OfBuiltIn(null);

    /// <summary>The layers whose values are keys: the dropout layers of the built-in model have keys of their own.</summary>
    public IEnumerable<LayerConfig> Varied => Base.IsFashionCnn ? Base.Layers.Where(layer => layer is not DropoutConfig) : Base.Layers;

    public static ModelPlan OfBuiltIn(Place? place) => new(ModelConfig.BuiltIn, place, [], [new Choice("model", ModelConfig.FashionCnn, place ?? default, config => config with { Model = null })]);

    public static ModelPlan OfList(ImmutableArray<LayerConfig> layers, Place place, ImmutableArray<Place> places, bool isWhole)
    {
        var model = new ModelConfig { Layers = layers };
        return new ModelPlan(model, place, places, [new Choice("model", "", place, config => config with { Model = model })], isWhole);
    }

    /// <summary>The kind of the layer of a key such as <c>model.conv2.filters</c>; empty where there is none.</summary>
    public string KindOf(string key) =>
        key.Split('.') is ["model", var name, _] && Base.Layers.FirstOrDefault(layer => layer.Name == name) is { } found ? LayerKinds.WordOf(found) : "";

    /// <summary>The configuration as it resolves: the built-in model as it stands is null, and a list of layers has no other rates than its own.</summary>
    public static ExperimentConfig Resolve(ExperimentConfig config) =>
        config.Model is null ? config
        : config.Model.Layers.SequenceEqual(ModelConfig.FashionCnnLayers) ? config with { Model = null }
        : config.Model.IsFashionCnn ? config
        : config with { Dropout = new DropoutRates() };

    /// <summary>The setting of a key such as <c>model.conv2.filters</c>.</summary>
    /// <returns>Null, with what is wrong with the key, where the model has no such value.</returns>
    public (Setting<ExperimentConfig>? Setting, string? Fault) Find(string key)
    {
        if (key.Split('.') is not [_, var name, var value])
            return (null, $"wanted is {LayerSettings.Any}, such as model.{Varied.FirstOrDefault()?.Name}.{LayerKind.All[0].Settings[0].Key}; a model as a whole is no value, so write an experiment for each.");

        if (Base.Layers.FirstOrDefault(layer => layer.Name == name) is not { } found)
            return (null, $"there is no such layer in the model{NearestKey.Guess(name, [.. Varied.Select(layer => layer.Name)])} Its layers: {string.Join(", ", Varied.Select(layer => layer.Name))}.");

        if (Base.IsFashionCnn && found is DropoutConfig)
            return (null, $"the rate of this layer of the built-in model is {RateOf(name)}; write that.");

        var settings = LayerKind.Of(found).Settings;
        return settings.FirstOrDefault(setting => setting.Key == value) is { } setting
            ? (LayerSettings.Of(name, setting), null)
            : settings.IsEmpty
                ? (null, $"a layer {LayerKinds.WordOf(found)} has no values.")
                : (null, NearestKey.UnknownKey(value, [.. settings.Select(known => known.Key)]));
    }

    private static string RateOf(string layer) => layer switch
    {
        "dropout1" => "dropout.conv1",
        "dropout2" => "dropout.conv2",
        "dropout3" => "dropout.conv3",
        _ => "dropout.dense",
    };
}
