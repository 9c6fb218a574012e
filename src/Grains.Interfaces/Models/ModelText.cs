namespace Experiments;

/// <summary>What a model is called.</summary>
internal static class ModelText
{
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>
    /// <c>fashion-cnn</c>, whatever its values are, or the names of the layers in their order, with the kind of those whose name does not tell
    /// it: two models of one text differ in values of their layers alone.
    /// </summary>
    public static string Of(ModelConfig? model) => model is { IsFashionCnn: false } ? string.Join(", ", model.Layers.Select(Of)) : ModelConfig.FashionCnn;

    private static string Of(LayerConfig layer) =>
        layer.Name.TrimEnd(Digits) == LayerKinds.UsualName(layer, 1).TrimEnd(Digits) ? layer.Name : $"{layer.Name} ({LayerKinds.WordOf(layer)})";
}
