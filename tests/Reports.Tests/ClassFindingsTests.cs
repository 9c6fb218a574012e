using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class ClassFindingsTests
{
    [Fact]
    public void BestAndWorstClassesAreSaidInTheNotebooksWords()
    {
        var findings = ClassFindings.Of(Report((0.86, 0.87, 0.865), (0.99, 0.98, 0.985), (0.88, 0.89, 0.885), (0.98, 0.99, 0.985), (0.77, 0.75, 0.76)));

        Assert.Equal(
            [
                "The best accuracy (precision) is obtained for Class 1 (c1) 0.990 and Class 3 (c3) 0.980, worst for Class 4 (c4) 0.770.",
                "The recall is highest for Class 3 (c3) 0.990 and Class 1 (c1) 0.980, smallest for Class 4 (c4) 0.750.",
                "The f1-score is highest for Class 1 (c1) 0.985 and Class 3 (c3) 0.985, smallest for Class 4 (c4) 0.760.",
            ],
            ClassSentences.Of(findings));
    }

    [Fact]
    public void ClassesThatAreAllEqualHaveNoWorst()
    {
        var findings = ClassFindings.Of(Report((1, 1, 1), (1, 1, 1)));

        Assert.Empty(findings.F1.Worst);
        Assert.Equal("The f1-score is the same for every class: 1.000.", ClassSentences.Of(findings)[2]);
    }

    [Fact]
    public void AClassNearBothEndsIsNamedOnce()
    {
        var extremes = ClassFindings.Of(Report((0.90, 0, 0), (0.91, 0, 0), (0.915, 0, 0))).Precision;

        Assert.Equal([2, 1], extremes.Best.Select(c => c.Label));
        Assert.Equal([0], extremes.Worst.Select(c => c.Label));
    }

    [Fact]
    public void AClassWithoutTestImagesIsNotTheWorst()
    {
        var report = Report((0.9, 0.9, 0.9), (0, 0, 0));
        report = report with { Classes = [report.Classes[0], report.Classes[1] with { Support = 0 }] };

        Assert.Equal([0], ClassFindings.Of(report).Recall.Best.Select(c => c.Label));
        Assert.Empty(ClassFindings.Of(report).Recall.Worst);
        Assert.Empty(ClassSentences.Of(ClassFindings.Of(report with { Classes = [] })));
    }

    [Fact]
    public void ConfusedPairsGoByTheirImagesAndLeaveOutTheDiagonalAndZeros()
    {
        ImmutableArray<ImmutableArray<int>> matrix = [[50, 2, 7], [0, 60, 0], [7, 1, 40]];

        Assert.Equal(
            [new(0, "a", 2, "c", 7), new(2, "c", 0, "a", 7), new(0, "a", 1, "b", 2), new(2, "c", 1, "b", 1)],
            ConfusedPair.Of(matrix, ["a", "b", "c"]));
    }

    private static ClassificationReport Report(params (double Precision, double Recall, double F1)[] classes) => new(
        [.. classes.Select((c, label) => new ClassMetrics(label, $"c{label}", c.Precision, c.Recall, c.F1, 100))],
        0.9, new(0.9, 0.9, 0.9, 100), new(0.9, 0.9, 0.9, 100));
}
