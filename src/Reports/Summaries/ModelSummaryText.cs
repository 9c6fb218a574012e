using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Experiments.Reports;

/// <summary>A model as the notebook's Keras prints it with <c>model.summary()</c>.</summary>
public static class ModelSummaryText
{
    // Keras' line of 65, its columns ending at 45 %, 85 % and 100 % of it.
    private const int Line = 65, NameEnd = 29, ShapeEnd = 55;

    /// <returns>Lines that each end in a newline; the first dimension of every shape, <c>None</c>, is that of the batch.</returns>
    public static string Of(string modelName, ImmutableArray<LayerSummary> layers)
    {
        string single = new('_', Line), twofold = new('=', Line);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{modelName}\"\n{single}\n");
        text.Append(Row("Layer (type)", "Output Shape", "Param #"));
        text.Append(CultureInfo.InvariantCulture, $"{twofold}\n");
        text.AppendJoin($"{single}\n", layers.Select(layer =>
            Row($"{layer.Name} ({layer.Type})", Shape(layer.OutputShape), layer.Parameters.ToString(CultureInfo.InvariantCulture))));

        long parameters = layers.Sum(layer => (long)layer.Parameters);
        text.Append(CultureInfo.InvariantCulture, $"{twofold}\nTotal params: {parameters:N0}\nTrainable params: {parameters:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"Non-trainable params: 0\n{single}\n");
        return text.ToString();
    }

    private static string Row(string name, string shape, string parameters) =>
        Cell(name, NameEnd) + Cell(shape, ShapeEnd - NameEnd) + parameters.PadRight(Line - ShapeEnd) + "\n";

    /// <summary>Cut where it is too long, as Keras does, so that the last character is a space.</summary>
    private static string Cell(string text, int width) => (text.Length < width ? text : text[..(width - 1)]).PadRight(width);

    private static string Shape(ImmutableArray<int> shape) => $"(None, {string.Join(", ", shape)})";
}
