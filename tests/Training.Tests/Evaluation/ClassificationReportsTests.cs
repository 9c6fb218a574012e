using System.Collections.Immutable;
using System.Text.Json;
using Experiments.Training.Data;
using Experiments.Training.Evaluation;
using Xunit;

namespace Experiments.Training.Tests.Evaluation;

/// <summary>Against what scikit-learn 1.2.1 reports of the same images with <c>zero_division=0</c>.</summary>
public sealed class ClassificationReportsTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Training.Tests", "Evaluation", "classification_reports.json"))).RootElement;

    public static TheoryData<string> Cases => [.. Reference.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("title").GetString()!)];

    [Theory, MemberData(nameof(Cases))]
    public void EveryNumberIsScikitLearns(string title)
    {
        var expected = Reference.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("title").GetString() == title);
        var numbers = expected.GetProperty("report");
        ImmutableArray<ImmutableArray<int>> confusion = expected.GetProperty("confusion").Deserialize<ImmutableArray<ImmutableArray<int>>>();

        var report = ClassificationReports.Build(confusion, BuiltInDatasets.FashionMnist.Classes);

        Assert.Equal(10, report.Classes.Length);
        Assert.All(report.Classes, (row, label) =>
        {
            Assert.Equal(label, row.Label);
            AssertEqual(numbers.GetProperty(row.Name), row.Precision, row.Recall, row.F1, row.Support);
        });
        Assert.Equal(numbers.GetProperty("accuracy").GetDouble(), report.Accuracy, 1e-15);
        AssertEqual(numbers.GetProperty("macro avg"), report.MacroAvg.Precision, report.MacroAvg.Recall, report.MacroAvg.F1, report.MacroAvg.Support);
        AssertEqual(numbers.GetProperty("weighted avg"), report.WeightedAvg.Precision, report.WeightedAvg.Recall, report.WeightedAvg.F1, report.WeightedAvg.Support);
    }

    [Fact]
    public void WithoutAnyImageEveryNumberIsZero()
    {
        var report = ClassificationReports.Build(ConfusionMatrix.Of([], [], 2), ["a", "b"]);

        Assert.Equal(0, report.Accuracy);
        Assert.Equal(new AverageMetrics(0, 0, 0, 0), report.MacroAvg);
        Assert.Equal(new AverageMetrics(0, 0, 0, 0), report.WeightedAvg);
    }

    [Fact]
    public void ANameTooFewIsRefused() =>
        Assert.Throws<ArgumentException>(() => ClassificationReports.Build(ConfusionMatrix.Of([], [], 2), ["a"]));

    private static void AssertEqual(JsonElement expected, double precision, double recall, double f1, int support)
    {
        Assert.Equal(expected.GetProperty("precision").GetDouble(), precision, 1e-15);
        Assert.Equal(expected.GetProperty("recall").GetDouble(), recall, 1e-15);
        Assert.Equal(expected.GetProperty("f1-score").GetDouble(), f1, 1e-15);
        Assert.Equal(expected.GetProperty("support").GetInt32(), support);
    }
}
