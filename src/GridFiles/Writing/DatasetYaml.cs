using System.Globalization;
using System.Text;

namespace Experiments.GridFiles;

internal static class DatasetYaml
{
    public static string Of(DatasetReference dataset)
    {
        if (dataset is { Files: null, IsStored: false }) return $"dataset: {YamlScalarText.Of(dataset.Name)}\n";

        var yaml = new StringBuilder($"dataset:\n  name: {YamlScalarText.Of(dataset.Name)}\n");
        if (dataset.Files is { } files)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  classes: [{string.Join(", ", files.Classes.Select(YamlScalarText.Of))}]\n");
            if (files.ImageSize is { } size) yaml.Append(CultureInfo.InvariantCulture, $"  imageSize: [{size.Height}, {size.Width}]\n");
            if (!dataset.IsStored) yaml.Append($"  train: {Of(files.Train)}\n  test: {Of(files.Test)}\n");
        }

        if (dataset.IsStored) yaml.Append($"  sha256: {dataset.Sha256}\n");
        return yaml.ToString();
    }

    private static string Of(ImageFiles files) => files.Csv is { } csv
        ? $"{{ csv: {YamlScalarText.Of(csv)} }}"
        : $"{{ images: {YamlScalarText.Of(files.Images!)}, labels: {YamlScalarText.Of(files.Labels!)} }}";
}
