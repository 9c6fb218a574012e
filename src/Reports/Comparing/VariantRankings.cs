using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>
/// Which variant is best, and against which others that is more than chance: over several seeds by the seeds' accuracies, with one seed
/// each by the single test images.
/// </summary>
internal static class VariantRankings
{
    /// <summary>Far below one image's share of any test set, far above the rounding of a mean.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Ids of the experiments whose test images decide whether the lead of the best variant is more than chance.</summary>
    public static ImmutableArray<string> DecidedByImages(ImmutableArray<Variant> variants)
    {
        var tested = Tested(variants);
        return tested.Count < 2 || Best(tested).Tested.Length > 1 ? [] : [.. tested.Where(variant => variant.Tested.Length == 1).Select(variant => variant.Tested[0].Id)];
    }

    public static VariantRanking? Of(ImmutableArray<Variant> variants, IReadOnlyDictionary<string, Correctness> predictions)
    {
        var tested = Tested(variants);
        if (tested.Count < 2) return null;

        var best = Best(tested);
        var contests = tested.Where(variant => variant != best)
            .OrderByDescending(Accuracy)
            .Select(other => Contest(best, other, predictions))
            .ToList();

        var adjusted = new Queue<double>(Holm.Adjust([.. contests.Where(contest => contest.Test is not null).Select(contest => contest.Test!.P)]));
        return new VariantRanking(
            best.Summary,
            [.. contests.Select(contest => contest.Test is null ? contest : contest with { AdjustedP = adjusted.Dequeue() })]);
    }

    private static List<Variant> Tested(ImmutableArray<Variant> variants) => [.. variants.Where(variant => variant.Summary.Accuracy is not null)];

    private static Variant Best(List<Variant> tested)
    {
        double highest = tested.Max(Accuracy);
        return tested.First(variant => highest - Accuracy(variant) < Rounding);
    }

    private static double Accuracy(Variant variant) => variant.Summary.Accuracy!.Mean;

    private static VariantContest Contest(Variant best, Variant other, IReadOnlyDictionary<string, Correctness> predictions)
    {
        double lead = Accuracy(best) - Accuracy(other);
        var (test, noTest) = Test(best, other, predictions);
        return new VariantContest(other.Summary, lead < Rounding ? 0 : lead, Images(best, other), test, noTest, AdjustedP: null);
    }

    private static (SignificanceTest?, NoTestReason?) Test(Variant best, Variant other, IReadOnlyDictionary<string, Correctness> predictions)
    {
        if (best.Tested.Length > 1 && other.Tested.Length > 1)
        {
            var welch = WelchTest.Of(best.Summary.Accuracy!, other.Summary.Accuracy!);
            return (welch, welch is null ? NoTestReason.NoSpread : null);
        }

        if (best.Tested.Length > 1 || other.Tested.Length > 1) return (null, NoTestReason.TooFewSeeds);

        if (!predictions.TryGetValue(best.Tested[0].Id, out var first) || !predictions.TryGetValue(other.Tested[0].Id, out var second))
            return (null, NoTestReason.NoPredictions);

        return first.IsOfTheImagesOf(second)
            ? (McNemarTest.Of(first, second), null)
            : (null, NoTestReason.DifferentImages);
    }

    private static ImageLead? Images(Variant best, Variant other)
    {
        if (best.Tested.Length > 1 || other.Tested.Length > 1) return null;

        TestMetrics first = best.Tested[0].Test, second = other.Tested[0].Test;
        int images = first.Correct + first.Incorrect;
        return images == second.Correct + second.Incorrect ? new ImageLead(first.Correct - second.Correct, images) : null;
    }
}
