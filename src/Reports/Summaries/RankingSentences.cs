using System.Collections.Immutable;
using System.Globalization;

namespace Experiments.Reports;

/// <summary>Who won, by how much, and whether that is more than chance.</summary>
internal static class RankingSentences
{
    /// <summary>Below so many seeds, only a large difference can be told from chance.</summary>
    private const int FewSeeds = 5;

    public static IEnumerable<string> Of(VariantRanking ranking)
    {
        var (best, contests) = (ranking.Best.Name, ranking.Contests);
        yield return Outcome(ranking.Best, contests[0]);
        yield return Chance(best, contests[0], TestsOf(contests));
        if (contests.Length > 1)
        {
            foreach (string sentence in Others(best, contests)) yield return sentence;
        }

        if (contests.Any(contest => contest.Test is McNemarTest))
            yield return "One seed of each was compared on the same test images: how other seeds would do, this does not say.";

        int seeds = contests.Select(contest => contest.Test).OfType<WelchTest>()
            .Select(test => Math.Min(test.First.Count, test.Second.Count)).DefaultIfEmpty(FewSeeds).Min();
        if (seeds < FewSeeds)
            yield return $"{Figures.Count(seeds)} seeds are few: only a large difference can be told from chance.";
    }

    private static string Outcome(VariantComparison best, VariantContest next)
    {
        string other = next.Other.Name;
        if (next.IsTie)
        {
            return next.Images is { } images
                ? $"{best.Name} and {other} are level: test accuracy {Accuracy(best)} each, of {Figures.Count(images.Of)} images."
                : $"{best.Name} and {other} are level: test accuracy {Accuracy(best)} and {Accuracy(next.Other)}.";
        }

        string won = next.IsMoreThanChance == true ? "won" : "is ahead";
        string lead = next.Images is { } more
            ? $"{Figures.Count(more.More, "image")} more of {Figures.Count(more.Of)}"
            : $"{Figures.Metric(next.Lead)} more";
        return $"{best.Name} {won}: test accuracy {Accuracy(best)} against {Accuracy(next.Other)} of {other}, {lead}.";
    }

    private static string Accuracy(VariantComparison variant) => variant.Accuracy is { Count: > 1 } accuracy
        ? $"{Figures.Metric(accuracy)} over {Figures.Count(accuracy.Count)} seeds"
        : Figures.Metric(variant.Accuracy!);

    private static string Chance(string best, VariantContest contest, int tests)
    {
        if (contest.Test is null)
            return $"Whether {best} differs from {contest.Other.Name} by more than chance is not known: {Reason(contest)}.";

        if (contest.Test is McNemarTest { OnlyFirst: 0, OnlySecond: 0 })
            return $"{best} and {contest.Other.Name} have the same images right: nothing tells them apart.";

        string finding = contest.IsTie ? "Neither is better by more than chance"
            : contest.IsMoreThanChance == true ? "The difference is more than chance"
            : "The difference may be chance";
        string adjusted = tests > 1 ? $", adjusted for {Figures.Count(tests)} comparisons {Figures.Probability(contest.AdjustedP!.Value)}" : "";
        return $"{finding} ({Evidence(best, contest)}; {Figures.Probability(contest.Test.P)}{adjusted}).";
    }

    private static string Evidence(string best, VariantContest contest) => contest.Test switch
    {
        McNemarTest test => $"{(test.Statistic is null ? "exact McNemar" : "McNemar")}: "
            + $"{Figures.Count(test.OnlyFirst, "image")} only {best} had right, "
            + $"{Figures.Count(test.OnlySecond)} only {contest.Other.Name}",
        WelchTest test => string.Create(CultureInfo.InvariantCulture,
            $"Welch: t = {test.Statistic:F2}, {test.DegreesOfFreedom:F1} degrees of freedom"),
        _ => throw new InvalidOperationException($"No words for {contest.Test}."),
    };

    private static IEnumerable<string> Others(string best, ImmutableArray<VariantContest> contests)
    {
        string comparisons = TestsOf(contests) > 1 ? $", adjusted for {Figures.Count(TestsOf(contests))} comparisons" : "";
        ImmutableArray<VariantContest> beaten = [.. contests.Where(contest => contest.IsMoreThanChance == true)];
        if (!beaten.IsEmpty)
        {
            string p = Figures.Probability(beaten.Max(contest => contest.AdjustedP!.Value)).Replace("p = ", "p at most ", StringComparison.Ordinal);
            yield return $"{best} is better by more than chance than {Names(beaten)} ({p}{comparisons}).";
        }

        ImmutableArray<VariantContest> alike = [.. contests.Where(contest => contest.IsMoreThanChance == false)];
        if (!alike.IsEmpty)
        {
            string p = Figures.Probability(alike.Min(contest => contest.AdjustedP!.Value)).Replace("p = ", "p at least ", StringComparison.Ordinal);
            yield return $"Not distinguishable from {best}: {Names(alike)} ({p}{comparisons}).";
        }

        foreach (var untested in contests.Skip(1).Where(contest => contest.Test is null).GroupBy(contest => contest.NoTest))
            yield return $"Not tested against {best}: {Names([.. untested])}, for {Reason(untested.First())}.";
    }

    private static string Reason(VariantContest contest) => contest.NoTest switch
    {
        NoTestReason.NoPredictions => "predictions are missing",
        NoTestReason.DifferentImages => "their test images are not the same",
        NoTestReason.TooFewSeeds => "one of the two has a single seed with a test result, the other several",
        NoTestReason.NoSpread => "neither accuracy varies over the seeds",
        _ => throw new InvalidOperationException($"No words for {contest.NoTest}."),
    };

    private static string Names(ImmutableArray<VariantContest> contests) => Figures.Names([.. contests.Select(contest => contest.Other.Name)]);

    private static int TestsOf(ImmutableArray<VariantContest> contests) => contests.Count(contest => contest.Test is not null);
}
