using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>A kind of layer, as a list of layers has it.</summary>
/// <param name="Word">Such as <c>conv2d</c>.</param>
/// <param name="Named">A layer of the kind with a name; values that must be given are any.</param>
/// <param name="Settings">Its values; keys are their names alone.</param>
/// <param name="Required">The value that must be given; null where all may be left out.</param>
/// <param name="Alone">The value that may stand in place of the map; null where none may.</param>
internal sealed record LayerKind(
    string Word, Func<string, LayerConfig> Named, ImmutableArray<Setting<LayerConfig>> Settings, string? Required = null, string? Alone = null)
{
    public static ImmutableArray<LayerKind> All { get; } =
    [
        new("conv2d", name => new Conv2dConfig { Name = name, Filters = 1 },
        [
            Whole<Conv2dConfig>("filters", 1, 4_096, (layer, value) => layer with { Filters = value }),
            Whole<Conv2dConfig>("kernel", 1, 15, (layer, value) => layer with { Kernel = value }),
            Whole<Conv2dConfig>("stride", 1, 15, (layer, value) => layer with { Stride = value }),
            OneOf<Conv2dConfig, Padding>("padding", (layer, value) => layer with { Padding = value }),
            OneOf<Conv2dConfig, Activation>("activation", (layer, value) => layer with { Activation = value }),
            OneOf<Conv2dConfig, Initializer>("initializer", (layer, value) => layer with { Initializer = value }),
        ], Required: "filters"),
        new("maxPool2d", name => new MaxPool2dConfig { Name = name }, [Whole<MaxPool2dConfig>("size", 2, 15, (layer, value) => layer with { Size = value })], Alone: "size"),
        new("dropout", name => new DropoutConfig { Name = name, Rate = 0 },
            [Real<DropoutConfig>("rate", "a rate of at least 0 and below 1", value => value is >= 0 and < 1, (layer, value) => layer with { Rate = value })], Required: "rate", Alone: "rate"),
        new("batchNorm2d", name => new BatchNorm2dConfig { Name = name },
        [
            Real<BatchNorm2dConfig>("momentum", AtMostOne, IsAtMostOne, (layer, value) => layer with { Momentum = value }),
            Real<BatchNorm2dConfig>("epsilon", AtMostOne, IsAtMostOne, (layer, value) => layer with { Epsilon = value }),
        ]),
        new("flatten", name => new FlattenConfig { Name = name }, []),
        new("dense", name => new DenseConfig { Name = name },
        [
            Whole<DenseConfig>("units", 1, 65_536, (layer, value) => layer with { Units = value }),
            OneOf<DenseConfig, Activation>("activation", (layer, value) => layer with { Activation = value }),
            OneOf<DenseConfig, Initializer>("initializer", (layer, value) => layer with { Initializer = value }),
        ]),
    ];

    private const string AtMostOne = "a number above 0, at most 1";

    public static LayerKind Of(LayerConfig layer) => All.First(kind => kind.Word == LayerKinds.WordOf(layer));

    private static bool IsAtMostOne(double value) => value is > 0 and <= 1;

    private static Setting<LayerConfig> Whole<TLayer>(string name, int least, int most, Func<TLayer, int, LayerConfig> set)
        where TLayer : LayerConfig => Setting.Whole<LayerConfig>(name, least, most, (layer, value) => set((TLayer)layer, (int)value));

    private static Setting<LayerConfig> Real<TLayer>(string name, string wanted, Func<double, bool> isAllowed, Func<TLayer, double, LayerConfig> set)
        where TLayer : LayerConfig => Setting.Real<LayerConfig>(name, wanted, isAllowed, (layer, value) => set((TLayer)layer, value));

    private static Setting<LayerConfig> OneOf<TLayer, TMember>(string name, Func<TLayer, TMember, LayerConfig> set)
        where TLayer : LayerConfig
        where TMember : struct, Enum => Setting.OneOf<LayerConfig, TMember>(name, (layer, value) => set((TLayer)layer, value));
}
