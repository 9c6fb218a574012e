using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>A variant and those of its experiments that have a test result.</summary>
internal sealed record Variant(VariantComparison Summary, ImmutableArray<TestedExperiment> Tested)
{
    /// <summary>The variants in the order of their first experiments.</summary>
    public static ImmutableArray<Variant> AllOf(IEnumerable<(string Variant, string Id, TestMetrics? Test)> experiments) =>
        [.. experiments.GroupBy(experiment => experiment.Variant, StringComparer.Ordinal).Select(group => Of(group.Key, [.. group]))];

    private static Variant Of(string name, ImmutableArray<(string Variant, string Id, TestMetrics? Test)> experiments)
    {
        ImmutableArray<TestedExperiment> tested = [.. experiments.Where(experiment => experiment.Test is not null).Select(experiment => new TestedExperiment(experiment.Id, experiment.Test!))];
        return new Variant(
            new VariantComparison(
                name,
                experiments.Length,
                Sample.Of([.. tested.Select(experiment => experiment.Test.Accuracy)]),
                Sample.Of([.. tested.Select(experiment => experiment.Test.Loss)])),
            tested);
    }
}

internal sealed record TestedExperiment(string Id, TestMetrics Test);
