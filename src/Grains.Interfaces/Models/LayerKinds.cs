using System.Globalization;

namespace Experiments;

/// <summary>The kinds of layers, as grid files write them.</summary>
public static class LayerKinds
{
    /// <summary>Such as <c>conv2d</c>.</summary>
    public static string WordOf(LayerConfig layer) => layer switch
    {
        Conv2dConfig => "conv2d",
        MaxPool2dConfig => "maxPool2d",
        DropoutConfig => "dropout",
        BatchNorm2dConfig => "batchNorm2d",
        FlattenConfig => "flatten",
        _ => "dense",
    };

    /// <summary>What a layer is called where nobody names it: <c>conv1</c>, <c>conv2</c>, but <c>flatten</c>, of which most models have one, then <c>flatten2</c>.</summary>
    /// <param name="number">From 1, among those of its kind.</param>
    public static string UsualName(LayerConfig layer, int number) => layer switch
    {
        Conv2dConfig => Numbered("conv", number),
        MaxPool2dConfig => Numbered("pool", number),
        BatchNorm2dConfig => Numbered("batchNorm", number),
        FlattenConfig when number == 1 => "flatten",
        _ => Numbered(WordOf(layer), number),
    };

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
