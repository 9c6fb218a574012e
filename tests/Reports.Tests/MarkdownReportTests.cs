using Xunit;

namespace Experiments.Reports.Tests;

public sealed class MarkdownReportTests
{
    [Fact]
    public void ASmallComparisonReadsAsItsExample()
    {
        var baseline = Some.Predictions(1000, image => !(image >= 700 && image % 10 == 4) && !(image < 500 && image % 10 == 6));
        var dropout = Some.Predictions(1000, image => !(image < 200 && image % 10 == 6) && !(image >= 850 && image % 10 == 0));
        var failed = Some.Pending("half_done") with { Status = ExperimentStatus.Failed, Error = "diverged at epoch 2", History = Some.History(0.5) };
        var results = Some.Grid(
            Some.Completed("baseline", baseline, 0.5, 0.25, 0.66), Some.Completed("dropout-dense=0.5", dropout, 0.5, 0.3, 0.25), failed);

        string report = Write(results, ("baseline", baseline), ("dropout-dense=0.5", dropout));

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "report.md")), report);
    }

    [Fact]
    public void NamesAndErrorsAreTextAndNeverMarkup()
    {
        var failed = Some.Pending("a_b_c") with { Status = ExperimentStatus.Failed, Error = "<b>no</b> |\n# room" };

        string report = Write(Some.Grid(failed));

        Assert.Contains(@"## a\_b\_c", report, StringComparison.Ordinal);
        Assert.Contains(@"\<b\>no\</b\> \| \# room", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", report, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassNameCannotEndTheCodeBlockItStandsIn()
    {
        var predictions = Some.Predictions(100, image => image < 90);
        var completed = Some.Completed("a", predictions, 0.5, 0.25);
        var report = completed.ClassificationReport!;
        var first = report.Classes[0] with { Name = "x\n```\n<script>" };
        var named = completed with { ClassificationReport = report with { Classes = [first, .. report.Classes[1..]] } };

        Assert.Contains("\n````text\n", Write(Some.Grid(named)), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyPicturesThatThereAreAreLinked()
    {
        var right = Some.Predictions(100, _ => true);

        string none = Write(Some.Grid(Some.Pending("a")));
        string all = Write(Some.Grid(Some.Completed("a", right, 0.5, 0.25)));

        Assert.DoesNotContain(".png", none, StringComparison.Ordinal);
        Assert.Contains("(curves.png)", all, StringComparison.Ordinal);
        Assert.Contains("(a/correct.png)", all, StringComparison.Ordinal);
        Assert.DoesNotContain("incorrect.png", all, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatEndedEarlySaysAfterHowManyEpochs()
    {
        var right = Some.Predictions(100, _ => true);

        Assert.Contains("| Completed (2 of 3 epochs) |", Write(Some.Grid(Some.Completed("a", right, 0.5, 0.25))), StringComparison.Ordinal);
        Assert.Contains("| Completed |", Write(Some.Grid(Some.Completed("a", right, 0.5, 0.25, 0.5))), StringComparison.Ordinal);
    }

    [Fact]
    public void VariantsOfSeveralSeedsAndSeveralContestsHaveTheirTables()
    {
        var results = Some.Grid(
            Some.Tested("a-seed=1", 0.91, "a"), Some.Tested("a-seed=2", 0.92, "a"), Some.Pending("a-seed=3", "a"),
            Some.Tested("b-seed=1", 0.80, "b"), Some.Tested("b-seed=2", 0.81, "b"), Some.Tested("c", 0.7));

        string report = Write(results);

        Assert.Contains("| a | 2 of 3 | 0.9150 ± 0.0071 | 0.5000 ± 0.0000 |", report, StringComparison.Ordinal);
        Assert.Contains("| b | 0.1100 | Welch, t = 15.56 | p = 0.0041 | p = 0.0041 | yes |", report, StringComparison.Ordinal);
        Assert.Contains("| c | 0.2150 | – | – | – | not known |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void AComparisonOfOtherResultsIsRefused()
    {
        var other = Some.Comparison(Some.Grid(Some.Pending("b")));

        Assert.Throws<ArgumentException>(() => MarkdownReport.Write(Some.Grid(Some.Pending("a")), other));
    }

    private static string Write(GridResults results, params (string Name, Predictions Predictions)[] predictions) =>
        MarkdownReport.Write(results, Some.Comparison(results, predictions));
}
