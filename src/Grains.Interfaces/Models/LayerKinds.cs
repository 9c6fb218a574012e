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

    /// <summary>What layers of the kind are called where nobody names them, before their number.</summary>
    public static string UsualName(LayerConfig layer) => layer switch
    {
        Conv2dConfig => "conv",
        MaxPool2dConfig => "pool",
        BatchNorm2dConfig => "batchNorm",
        _ => WordOf(layer),
    };
}
