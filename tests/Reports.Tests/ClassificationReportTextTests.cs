using System.Collections.Immutable;
using System.Text.Json;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ClassificationReportTextTests
{
    /// <summary>Written by scikit-learn itself.</summary>
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "classification_report.json"))).RootElement;

    public static TheoryData<string> Titles => [.. Reference.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("title").GetString()!)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void ItIsScikitLearnsTextCharacterForCharacter(string title)
    {
        var reference = Reference.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("title").GetString() == title);

        Assert.Equal(reference.GetProperty("text").GetString(), ClassificationReportText.Of(Report(reference.GetProperty("report"))));
    }

    private static ClassificationReport Report(JsonElement report)
    {
        ImmutableArray<ClassMetrics> classes =
        [
            .. report.EnumerateObject().Where(row => row.Name is not ("accuracy" or "macro avg" or "weighted avg"))
                .Select((row, label) =>
                {
                    var (precision, recall, f1, support) = Average(row.Value);
                    return new ClassMetrics(label, row.Name, precision, recall, f1, support);
                }),
        ];
        return new ClassificationReport(
            classes, report.GetProperty("accuracy").GetDouble(), Average(report.GetProperty("macro avg")), Average(report.GetProperty("weighted avg")));
    }

    private static AverageMetrics Average(JsonElement row) => new(
        row.GetProperty("precision").GetDouble(),
        row.GetProperty("recall").GetDouble(),
        row.GetProperty("f1-score").GetDouble(),
        row.GetProperty("support").GetInt32());
}
