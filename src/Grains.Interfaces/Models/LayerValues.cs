using System.Collections.Immutable;
using System.Globalization;

namespace Experiments;

/// <summary>The values of layers, under the names that they have in grid files; what is no number is a word.</summary>
public static class LayerValues
{
    private static readonly LayerConfig[] Usual =
    [
        new Conv2dConfig { Name = "", Filters = 0 }, new MaxPool2dConfig { Name = "" }, new DropoutConfig { Name = "", Rate = -1 },
        new BatchNorm2dConfig { Name = "" }, new FlattenConfig { Name = "" }, new DenseConfig { Name = "" },
    ];

    /// <summary>Those of all kinds.</summary>
    internal static ImmutableArray<string> Names { get; } = [.. Usual.SelectMany(layer => Of(layer), (_, value) => value.Name).Distinct(StringComparer.Ordinal)];

    internal static bool IsNumber(string name) => name is not ("padding" or "activation" or "initializer");

    /// <summary>In the order of the grid file, as <see cref="ConfigKey.Text"/> has them; null where one is left out.</summary>
    public static ImmutableArray<(string Name, string? Text)> TextsOf(LayerConfig layer) => [.. Of(layer).Select(value => (value.Name, value.Value?.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>In the order of the grid file; null where one is left out.</summary>
    internal static ImmutableArray<(string Name, IConvertible? Value)> Of(LayerConfig layer) => layer switch
    {
        Conv2dConfig convolution =>
        [
            ("filters", convolution.Filters), ("kernel", convolution.Kernel), ("stride", convolution.Stride), ("padding", Word.Of(convolution.Padding)),
            ("activation", Word.Of(convolution.Activation)), ("initializer", Word.Of(convolution.Initializer)),
        ],
        MaxPool2dConfig pool => [("size", pool.Size)],
        DropoutConfig dropout => [("rate", dropout.Rate)],
        BatchNorm2dConfig normalization => [("momentum", normalization.Momentum), ("epsilon", normalization.Epsilon)],
        DenseConfig dense => [("units", dense.Units), ("activation", Word.Of(dense.Activation)), ("initializer", Word.Of(dense.Initializer))],
        _ => [],
    };

    /// <summary>The value of a layer of the configuration's model.</summary>
    /// <param name="layer">Its name, in upper or lower case.</param>
    /// <returns>Null where the model has no such layer, this has no such value, or it is left out.</returns>
    internal static IConvertible? Of(ExperimentConfig config, string layer, string name) =>
        Varied(config.Model).FirstOrDefault(known => known.Name.Equals(layer, StringComparison.OrdinalIgnoreCase)) is { } found ? Of(found, name) : null;

    /// <summary>What it is where nobody says anything: in the built-in model, or in a list of layers.</summary>
    internal static IConvertible? UsualOf(ExperimentConfig config, string layer, string name) => config.Model is { IsFashionCnn: false } own
        ? own.Layers.FirstOrDefault(known => known.Name.Equals(layer, StringComparison.OrdinalIgnoreCase)) is { } found ? Of(Usual.First(usual => usual.GetType() == found.GetType()), name) : null
        : Of(new ExperimentConfig(), layer, name);

    /// <summary>The layers whose values are under <c>model</c>: the dropout layers of the built-in model have theirs under <c>dropout</c>.</summary>
    internal static IEnumerable<LayerConfig> Varied(ModelConfig? model) =>
        model is { IsFashionCnn: false } ? model.Layers : (model?.Layers ?? ModelConfig.FashionCnnLayers).Where(layer => layer is not DropoutConfig);

    private static IConvertible? Of(LayerConfig layer, string name) => Of(layer).FirstOrDefault(value => value.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
