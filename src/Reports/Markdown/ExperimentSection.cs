using System.Globalization;

namespace Experiments.Reports;

/// <summary>One experiment in the report: configuration, overfitting, classification report, most confused classes and pictures.</summary>
internal static class ExperimentSection
{
    public static string Write(ExperimentSnapshot experiment, ExperimentComparison row) =>
        string.Join('\n', Parts(experiment, row));

    /// <summary>Each ends in a newline; a blank line goes between two.</summary>
    private static IEnumerable<string> Parts(ExperimentSnapshot experiment, ExperimentComparison row)
    {
        yield return $"## {MarkdownText.Escape(experiment.Name)}\n";
        if (experiment.Status != ExperimentStatus.Completed) yield return Sentence(UnfinishedSentences.Of(row));
        if (row.Test is { } test) yield return Sentence(Result(test));
        if (row.Overfitting is { } overfitting) yield return Sentence(OverfittingSentences.Of(experiment.Name, overfitting));
        yield return $"{Configuration(experiment)}";
        if (experiment.ClassificationReport is { } report) yield return MarkdownText.Code(ClassificationReportText.Of(report));
        if (row.Classes is { } classes) yield return string.Concat(ClassSentences.Of(classes).Select(sentence => $"- {Sentence(sentence)}"));
        if (!row.Confused.IsEmpty) yield return $"{Confused(row)}";
        if (row.Test is not null)
        {
            foreach (string picture in Pictures(experiment.Name, row.Test)) yield return picture;
        }
    }

    private static string Sentence(string sentence) => MarkdownText.Escape(sentence) + "\n";

    private static string Result(TestMetrics test) =>
        $"Test accuracy {Figures.Metric(test.Accuracy)}, test loss {Figures.Metric(test.Loss)}: "
        + $"{Figures.Count(test.Correct)} test images right, {Figures.Count(test.Incorrect)} wrong.";

    private static MarkdownTable Configuration(ExperimentSnapshot experiment)
    {
        var table = new MarkdownTable("Configuration", "Value:");
        foreach (var (key, value) in ConfigValues.Of(experiment.Config)) table.Row(key, value);
        if (experiment.Parameters is { } parameters) table.Row("parameters", Figures.Count(parameters));
        if (experiment.Environment is { } environment)
        {
            table.Row("libtorch", environment.LibTorch);
            table.Row("CPU capability", environment.CpuCapability);
            table.Row("threads", environment.Threads.ToString(CultureInfo.InvariantCulture));
            table.Row("version", environment.Version);
        }

        if (experiment.WeightsSha256 is { } sha256) table.Row("SHA-256 of weights.safetensors", sha256);
        return table;
    }

    private static MarkdownTable Confused(ExperimentComparison row)
    {
        var table = new MarkdownTable("Most confused: true class", "Predicted", "Images:");
        foreach (var pair in row.Confused) table.Row(pair.TrueName, pair.PredictedName, Figures.Count(pair.Images));
        return table;
    }

    private static IEnumerable<string> Pictures(string folder, TestMetrics test)
    {
        yield return MarkdownText.Picture("Confusion matrix", $"{folder}/confusion.png");
        yield return MarkdownText.Picture("Model", $"{folder}/model.png");
        if (test.Correct > 0) yield return MarkdownText.Picture("Test images predicted rightly", $"{folder}/correct.png");
        if (test.Incorrect > 0) yield return MarkdownText.Picture("Test images predicted wrongly", $"{folder}/incorrect.png");
    }
}
