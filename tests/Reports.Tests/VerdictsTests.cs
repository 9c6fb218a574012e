using System.Collections.Immutable;
using Xunit;

namespace Experiments.Reports.Tests;

public sealed class VerdictsTests
{
    /// <summary>267 of 10,000 images only the baseline has right, 412 only dropout, and both the rest but 546.</summary>
    private static readonly Predictions Baseline = Some.Predictions(10_000, image => image is >= 412 and < 9454);

    private static readonly Predictions Dropout = Some.Predictions(10_000, image => image is < 412 or (>= 679 and < 9454));

    private const string OneSeed = "One seed of each was compared on the same test images: how other seeds would do, this does not say.";

    [Fact]
    public void TheWinnerIsNamedWithItsLeadAndTheTest()
    {
        var results = Some.Grid(Some.Completed("baseline", Baseline, 0.5, 0.25, 0.66), Some.Completed("dropout", Dropout, 0.5, 0.3, 0.25));

        Assert.Equal(
            [
                "dropout won: test accuracy 0.9187 against 0.9042 of baseline, 145 images more of 10,000.",
                "The difference is more than chance (McNemar: 412 images only dropout had right, 267 only baseline; p = 3·10⁻⁸).",
                OneSeed,
                "baseline overfits: its validation loss was lowest, 0.2500, after epoch 2, and 0.6600 after epoch 3, 2.64 times as high.",
                "dropout does not overfit: its validation loss was lowest, 0.2500, after epoch 3, the last.",
            ],
            Sentences(results, ("baseline", Baseline), ("dropout", Dropout)));
    }

    [Fact]
    public void ASmallLeadMayBeChanceAndIsNoWin()
    {
        var first = Some.Predictions(100, image => image < 90);
        var second = Some.Predictions(100, image => image < 89);
        var results = Some.Grid(Some.Completed("a", first, 0.5), Some.Completed("b", second, 0.5));

        Assert.Equal(
            [
                "a is ahead: test accuracy 0.9000 against 0.8900 of b, 1 image more of 100.",
                "The difference may be chance (exact McNemar: 1 image only a had right, 0 only b; p = 1).",
                OneSeed,
            ],
            Sentences(results, ("a", first), ("b", second)));
    }

    [Fact]
    public void VariantsThatAreLevelAreSaidToBe()
    {
        var first = Some.Predictions(100, image => image < 90);
        var second = Some.Predictions(100, image => image >= 10);
        var results = Some.Grid(Some.Completed("a", first, 0.5), Some.Completed("b", second, 0.5));

        var sentences = Sentences(results, ("a", first), ("b", second));

        Assert.Equal("a and b are level: test accuracy 0.9000 each, of 100 images.", sentences[0]);
        Assert.Equal("Neither is better by more than chance (exact McNemar: 10 images only a had right, 10 only b; p = 1).", sentences[1]);
    }

    [Fact]
    public void WithoutAnImageThatOnlyOneHasRightNothingTellsThemApart()
    {
        var results = Some.Grid(Some.Completed("a", Dropout, 0.5), Some.Completed("b", Dropout, 0.5));

        Assert.Equal("a and b have the same images right: nothing tells them apart.", Sentences(results, ("a", Dropout), ("b", Dropout))[1]);
    }

    [Fact]
    public void MissingPredictionsLeaveTheQuestionOpen()
    {
        var results = Some.Grid(Some.Tested("a", 0.92), Some.Tested("b", 0.90));

        Assert.Equal(
            [
                "a is ahead: test accuracy 0.9200 against 0.9000 of b, 200 images more of 10,000.",
                "Whether a differs from b by more than chance is not known: predictions are missing.",
            ],
            Sentences(results));
    }

    [Fact]
    public void OnlyThePredictionsThatDecideAreAskedFor()
    {
        Assert.Equal(["id-a", "id-b"], Comparisons.DecidedByImages(Some.Grid(Some.Tested("a", 0.92), Some.Tested("b", 0.90))));
        Assert.Equal(["id-a"], Comparisons.DecidedByImages(Some.Grid([Some.Tested("a", 0.92), .. Seeds("b", 0.90, 0.91)])));
        Assert.Empty(Comparisons.DecidedByImages(Some.Grid([Some.Tested("a", 0.90), .. Seeds("b", 0.92, 0.91)])));
        Assert.Empty(Comparisons.DecidedByImages(Some.Grid(Some.Tested("a", 0.92))));
    }

    [Fact]
    public void PredictionsOfOtherImagesAreNotCompared()
    {
        var results = Some.Grid(Some.Tested("a", 0.92), Some.Tested("b", 0.90));
        var others = Dropout with { Labels = Dropout.Predicted };

        Assert.EndsWith("their test images are not the same.", Sentences(results, ("a", Dropout), ("b", others))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void SeedsAreComparedByWelchWithMeanAndDeviation()
    {
        var results = Some.Grid([.. Seeds("baseline", 0.9042, 0.9061, 0.9035), .. Seeds("dropout", 0.9187, 0.9201, 0.9176)]);

        Assert.Equal(
            [
                "dropout won: test accuracy 0.9188 ± 0.0013 over 3 seeds against 0.9046 ± 0.0013 over 3 seeds of baseline, 0.0142 more.",
                "The difference is more than chance (Welch: t = 13.38, 4.0 degrees of freedom; p = 0.0002).",
                "3 seeds are few: only a large difference can be told from chance.",
            ],
            Sentences(results));
    }

    [Fact]
    public void ASingleSeedAgainstSeveralIsNotTested()
    {
        var results = Some.Grid([.. Seeds("baseline", 0.90), .. Seeds("dropout", 0.91, 0.92)]);

        Assert.Equal(
            "Whether dropout differs from baseline by more than chance is not known: one of the two has a single seed with a test result, the other several.",
            Sentences(results)[1]);
    }

    [Fact]
    public void SeedsThatDoNotVaryAreNotTested()
    {
        var results = Some.Grid([.. Seeds("baseline", 0.9, 0.9), .. Seeds("dropout", 0.91, 0.91)]);

        Assert.Equal(
            "Whether dropout differs from baseline by more than chance is not known: neither accuracy varies over the seeds.", Sentences(results)[1]);
    }

    [Fact]
    public void OfManyVariantsThoseNotDistinguishableFromTheBestAreNamed()
    {
        var results = Some.Grid(
        [
            .. Seeds("baseline", 0.9042, 0.9061, 0.9035), .. Seeds("light", 0.9185, 0.9199, 0.9172), .. Seeds("dropout", 0.9187, 0.9201, 0.9176),
            .. Seeds("single", 0.91),
        ]);

        Assert.Equal(
            [
                "dropout is ahead: test accuracy 0.9188 ± 0.0013 over 3 seeds against 0.9185 ± 0.0014 over 3 seeds of light, 0.0003 more.",
                "The difference may be chance (Welch: t = 0.25, 4.0 degrees of freedom; p = 0.814, adjusted for 2 comparisons p = 0.814).",
                "dropout is better by more than chance than baseline (p at most 0.0004, adjusted for 2 comparisons).",
                "Not distinguishable from dropout: light (p at least 0.814, adjusted for 2 comparisons).",
                "Not tested against dropout: single, for one of the two has a single seed with a test result, the other several.",
                "3 seeds are few: only a large difference can be told from chance.",
            ],
            Sentences(results));
    }

    [Fact]
    public void OverfittingIsCountedOverTheSeedsOfAVariant()
    {
        double[][] losses = [[0.5, 0.25, 0.5], [0.5, 0.25, 0.75], [0.5, 0.25, 0.325]];
        var results = Some.Grid([.. Seeds("baseline", 0.90, 0.91, 0.92).Zip(losses, (seed, loss) => seed with { History = Some.History(loss) })]);

        Assert.Equal(
            "baseline overfits with 2 of 3 seeds and slightly with 1: the validation loss after the last epoch is 1.30 to 3.00 times its minimum.",
            Sentences(results)[1]);
    }

    [Fact]
    public void OfManyVariantsThoseThatOverfitAreListed()
    {
        ExperimentSnapshot Ending(string name, double loss) => Some.Tested(name, 0.9) with { History = Some.History(0.5, 0.25, loss) };
        var results = Some.Grid([.. "abcdef".Select(name => Ending($"{name}", 0.5)), Ending("g", 0.325), Ending("h", 0.25), Ending("i", 0.25)]);

        var sentences = Sentences(results);

        Assert.Equal(["a, b, c, d and 2 more overfit.", "g overfits slightly.", "h and i do not overfit."], sentences[^3..]);
    }

    [Fact]
    public void ASingleVariantIsNotCompared() =>
        Assert.Equal(
            ["a: test accuracy 0.9200, test loss 0.5000. There is no other variant to compare it with."], Sentences(Some.Grid(Some.Tested("a", 0.92))));

    [Fact]
    public void WhatHasNotFinishedIsSaidAndNotRanked()
    {
        var failed = Some.Pending("b") with { Status = ExperimentStatus.Failed, Error = "diverged at epoch 2", History = Some.History(0.5) };
        var running = Some.Pending("c") with { Status = ExperimentStatus.Running, History = Some.History(0.5, 0.4) };

        Assert.Equal(
            [
                "a: test accuracy 0.9200, test loss 0.5000. No other variant has a test result to compare it with.",
                "b failed after 1 of 3 epochs: diverged at epoch 2.",
                "c is running after 2 of 3 epochs.",
            ],
            Sentences(Some.Grid(Some.Tested("a", 0.92), failed, running)));
    }

    [Fact]
    public void WithoutAnyTestResultThereIsNothingToCompare()
    {
        var results = Some.Grid([.. Enumerable.Range(1, 12).Select(number => Some.Pending($"e{number}"))]);

        Assert.Equal(["No experiment has a test result, so there is nothing to compare.", "12 experiments are pending."], Sentences(results));
        Assert.Equal(["No experiment has a test result, so there is nothing to compare."], Sentences(Some.Grid()));
    }

    [Fact]
    public void DifferentEnvironmentsLimitTheComparison()
    {
        var other = Some.Tested("b", 0.9) with { Environment = Some.Environment with { CpuCapability = "AVX512", Threads = 2 } };

        Assert.Equal(
            "The experiments were not trained in the same environment: they differ in CPU capability (AVX2: a; AVX512: b), threads (1: a; 2: b). "
            + "Across these, results do not compare bit for bit.",
            Sentences(Some.Grid(Some.Tested("a", 0.92), other))[^1]);
    }

    [Fact]
    public void AnotherFamilyOfProcessorsIsAnotherEnvironmentButOneNotKnownIsNot()
    {
        var other = Some.Tested("b", 0.9) with { Environment = Some.Environment with { Processor = "AuthenticAMD family 26" } };
        var older = Some.Tested("c", 0.9) with { Environment = Some.Environment with { Processor = null } };

        Assert.Contains("they differ in processor (AuthenticAMD family 25: a; AuthenticAMD family 26: b). ", Sentences(Some.Grid(Some.Tested("a", 0.92), other, older))[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(Sentences(Some.Grid(Some.Tested("a", 0.92), older)), sentence => sentence.Contains("environment", StringComparison.Ordinal));
    }

    [Fact]
    public void OneThatWentOnInAnotherEnvironmentComparesWithNone()
    {
        var moved = Some.Tested("a", 0.92) with { Environment = Some.Environment.GoesOnIn(Some.Environment with { CpuCapability = "AVX512" }) };

        Assert.Equal(
            "The experiments were not trained in the same environment: they differ in CPU capability (AVX2 → AVX512: a and b). "
            + "Across these, results do not compare bit for bit.",
            Sentences(Some.Grid(moved, moved with { Id = "b", Name = "b" }))[^1]);
    }

    private static IEnumerable<ExperimentSnapshot> Seeds(string variant, params double[] accuracies) =>
        accuracies.Select((accuracy, seed) => Some.Tested($"{variant}-seed={seed + 1}", accuracy, variant));

    private static ImmutableArray<string> Sentences(GridResults results, params (string Name, Predictions Predictions)[] predictions) =>
        Verdicts.Sentences(Some.Comparison(results, predictions));
}
