using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What the results of a grid come to: a row for each experiment, a summary of each variant, and which variant is best.</summary>
/// <param name="Experiments">In the order of the grid.</param>
/// <param name="Variants">In the order of their first experiments.</param>
/// <param name="Ranking">Null where fewer than two variants have a test result.</param>
/// <param name="EnvironmentDifferences">In what the environments of the experiments differ; empty where they are the same or not known.</param>
public sealed record GridComparison(
    ImmutableArray<ExperimentComparison> Experiments,
    ImmutableArray<VariantComparison> Variants,
    VariantRanking? Ranking,
    ImmutableArray<EnvironmentDifference> EnvironmentDifferences);

/// <summary>One experiment; what is not known is null.</summary>
public sealed record ExperimentComparison
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Variant { get; init; }

    public required ExperimentStatus Status { get; init; }

    public string? Error { get; init; }

    /// <summary>Epochs trained so far.</summary>
    public required int EpochsTrained { get; init; }

    /// <summary>Epochs to train, at most: it may end early.</summary>
    public required int Epochs { get; init; }

    /// <summary>The test-set result of the last epoch's weights, or of the best one's where they are restored.</summary>
    public TestMetrics? Test { get; init; }

    /// <summary>The best epoch by what the experiment monitors, and that epoch's weights on the test images.</summary>
    public BestEpoch? Best { get; init; }

    public Overfitting? Overfitting { get; init; }

    public ClassFindings? Classes { get; init; }

    /// <summary>The most confused pairs of classes; empty where there are none, or no test result.</summary>
    public required ImmutableArray<ConfusedPair> Confused { get; init; }
}

/// <summary>The experiments that differ in nothing but their seed, summarised over those that have a test result.</summary>
/// <param name="Experiments">Number of experiments of the variant, those without a test result included.</param>
/// <param name="Accuracy">Test accuracy; null where there is no test result.</param>
/// <param name="Loss">Test loss in nats; null where there is no test result.</param>
public sealed record VariantComparison(string Name, int Experiments, Sample? Accuracy, Sample? Loss);

/// <summary>The variants with a test result against the best of them.</summary>
/// <param name="Best">Highest mean test accuracy; the first in the grid where several are equal.</param>
/// <param name="Contests">Against each other variant, the next best first.</param>
public sealed record VariantRanking(VariantComparison Best, ImmutableArray<VariantContest> Contests);

/// <summary>The best variant against another one.</summary>
/// <param name="Lead">Mean test accuracy of the best minus that of the other, at least 0.</param>
/// <param name="Images">The lead in test images, and how many there are; null where one has several seeds or the test sets differ in size.</param>
/// <param name="Test">Null where no test was possible: <paramref name="NoTest"/> says why.</param>
/// <param name="AdjustedP">The test's probability, adjusted by Holm's method over all contests of the ranking; null without a test.</param>
public sealed record VariantContest(
    VariantComparison Other, double Lead, ImageLead? Images, SignificanceTest? Test, NoTestReason? NoTest, double? AdjustedP)
{
    public bool IsTie => Lead == 0;

    /// <summary>Null where no test was possible.</summary>
    public bool? IsMoreThanChance => AdjustedP is { } p ? p < SignificanceTest.Level : null;
}

/// <param name="More">Images that the best has right beyond those of the other.</param>
/// <param name="Of">Number of test images.</param>
public sealed record ImageLead(int More, int Of);

public enum NoTestReason
{
    /// <summary>One seed each, and the predictions of one are missing.</summary>
    NoPredictions,

    /// <summary>One seed each, and their test images are not the same.</summary>
    DifferentImages,

    /// <summary>One has several seeds and the other a single one, so that its spread is not known.</summary>
    TooFewSeeds,

    /// <summary>Neither varies over its seeds, so that there is no spread to compare with.</summary>
    NoSpread,
}

/// <param name="What">For people, such as <c>CPU capability</c>.</param>
/// <param name="Values">Each value, and the names of the experiments that have it.</param>
public sealed record EnvironmentDifference(string What, ImmutableArray<EnvironmentValue> Values);

public sealed record EnvironmentValue(string Value, ImmutableArray<string> Experiments);
