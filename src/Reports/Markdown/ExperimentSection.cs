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
        foreach (string sentence in ExperimentSentences.Of(row)) yield return Sentence(sentence);
        yield return MarkdownTable.Write(ExperimentTables.Configuration(experiment));
        if (experiment.ClassificationReport is { } report) yield return MarkdownText.Code(ClassificationReportText.Of(report));
        if (row.Classes is { } classes) yield return string.Concat(ClassSentences.Of(classes).Select(sentence => $"- {Sentence(sentence)}"));
        if (!row.Confused.IsEmpty) yield return MarkdownTable.Write(ExperimentTables.Confused(row));
        if (row.Test is not null)
        {
            foreach (string picture in Pictures(experiment.Name, row.Test)) yield return picture;
        }
    }

    private static string Sentence(string sentence) => MarkdownText.Escape(sentence) + "\n";

    private static IEnumerable<string> Pictures(string folder, TestMetrics test)
    {
        yield return MarkdownText.Picture("Confusion matrix", $"{folder}/confusion.png");
        yield return MarkdownText.Picture("Model", $"{folder}/model.png");
        if (test.Correct > 0) yield return MarkdownText.Picture("Test images predicted rightly", $"{folder}/correct.png");
        if (test.Incorrect > 0) yield return MarkdownText.Picture("Test images predicted wrongly", $"{folder}/incorrect.png");
    }
}
