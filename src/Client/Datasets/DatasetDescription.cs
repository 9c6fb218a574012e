using System.Collections.Immutable;
using System.Globalization;
using Experiments.Client.Watching;
using Experiments.Reports;
using Experiments.Training.Data;
using Spectre.Console;

namespace Experiments.Client.Datasets;

/// <summary>A dataset's dimensions and, for each part of it, the number of images of each class.</summary>
internal sealed record DatasetDescription(Dataset Dataset, ImmutableArray<DatasetPart> Parts)
{
    public static DatasetDescription Of(Dataset dataset, DataSplit split)
    {
        int classes = dataset.Classes.Length;
        return new DatasetDescription(dataset,
        [
            new DatasetPart("full", "train and validation", ClassDistribution.Count(dataset.Train.Labels, classes)),
            new DatasetPart("train", "train", ClassDistribution.Count(dataset.Train.Labels, classes, split.Train)),
            new DatasetPart("validation", "validation", ClassDistribution.Count(dataset.Train.Labels, classes, split.Validation)),
            new DatasetPart("test", "test", ClassDistribution.Count(dataset.Test.Labels, classes)),
        ]);
    }

    /// <summary>What <c>dataset --json</c> prints.</summary>
    public object ForJson() => new
    {
        Dataset.Name,
        Dataset.Sha256,
        ImageSize = (int[])[Dataset.ImageSize.Height, Dataset.ImageSize.Width],
        Dataset.Classes,
        Splits = Parts.ToDictionary(part => part.Key, part => new { part.Count, part.PerClass }),
    };

    public void Show(Output output)
    {
        output.Line($"{Dataset.Name}: images of {Dataset.ImageSize.Height} × {Dataset.ImageSize.Width}, grey, 0 to 255; {Dataset.Classes.Length} classes");
        output.Line($"SHA-256 of the content: {Dataset.Sha256}");
        var table = OutputTable.Of(texts: 2, ["Label", "Class", .. Parts.SelectMany(part => (string[])[part.Title, "%"])]);
        for (int label = 0; label < Dataset.Classes.Length; label++)
        {
            string[] counts = [.. Parts.SelectMany(part => Cells(part.PerClass[label], part.Count))];
            table.AddRow([label.ToString(CultureInfo.InvariantCulture), Markup.Escape(Dataset.Classes[label]), .. counts]);
        }

        table.AddRow(["", "all", .. Parts.SelectMany(part => Cells(part.Count, part.Count))]);
        output.People.Write(table);
    }

    private static string[] Cells(int count, int all) => [Figures.Count(count), (100.0 * count / all).ToString("F2", CultureInfo.InvariantCulture)];
}

/// <param name="Key">In JSON.</param>
/// <param name="Title">For people.</param>
/// <param name="PerClass">Number of images by label.</param>
internal sealed record DatasetPart(string Key, string Title, ImmutableArray<int> PerClass)
{
    public int Count => PerClass.Sum();
}
