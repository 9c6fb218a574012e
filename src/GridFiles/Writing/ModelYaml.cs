using System.Text;

namespace Experiments.GridFiles;

/// <summary>Writes a model as a list of layers, or as values over the built-in one.</summary>
internal static class ModelYaml
{
    /// <param name="model">Null for the built-in one as it stands.</param>
    /// <param name="isVaried">Whether a matrix says a key's value.</param>
    /// <param name="indent">Of the key.</param>
    /// <returns>Whole lines; empty where there is nothing to say.</returns>
    public static string Of(ModelConfig? model, Func<string, bool> isVaried, string indent) =>
        model is { IsFashionCnn: false } ? $"{indent}model:\n{List(model, indent)}"
        : model is not null && Changed(model, isVaried) is { Length: > 0 } changed ? $"{indent}model: {changed}\n"
        : "";

    private static string Changed(ModelConfig model, Func<string, bool> isVaried) => SectionYaml.Of("model",
        from key in ConfigKey.Of([new ExperimentConfig { Model = model }])
        where SectionYaml.IsIn("model", key.Name) && !isVaried(key.Name)
        let text = key.Text(new ExperimentConfig { Model = model })
        where text is not null && text != key.Text(new ExperimentConfig())
        select (key.Name, text));

    private static string List(ModelConfig model, string indent)
    {
        var counts = new Dictionary<LayerKind, int>();
        var list = new StringBuilder();
        foreach (var layer in model.Layers)
        {
            var kind = LayerKind.Of(layer);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            string values = Values(layer, isNamed: layer.Name != LayerKinds.UsualName(layer, counts[kind]));
            list.Append($"{indent}  - {kind.Word}{(values.Length > 0 ? $": {values}" : "")}\n");
        }

        return list.ToString();
    }

    /// <summary>What is not as it is where it is left out.</summary>
    private static string Values(LayerConfig layer, bool isNamed)
    {
        var kind = LayerKind.Of(layer);
        var usual = kind.Named("");
        (string Name, string? Text)[] values =
        [
            .. isNamed ? [("name", layer.Name)] : Array.Empty<(string, string?)>(),
            .. LayerValues.TextsOf(layer).Where(value => value.Text is not null && (value.Name == kind.Required || !LayerValues.TextsOf(usual).Contains(value))),
        ];
        return values is [(var name, { } alone)] && name == kind.Alone ? alone : SectionYaml.Map(values.Select(value => $"{value.Name}: {value.Text}"));
    }
}
