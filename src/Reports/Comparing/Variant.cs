using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>A variant and those of its experiments that have a test result.</summary>
internal sealed record Variant(VariantComparison Summary, ImmutableArray<ExperimentSnapshot> Tested)
{
    public static Variant Of(string name, ImmutableArray<ExperimentSnapshot> experiments)
    {
        ImmutableArray<ExperimentSnapshot> tested = [.. experiments.Where(experiment => experiment.Test is not null)];
        return new Variant(
            new VariantComparison(
                name,
                experiments.Length,
                Sample.Of([.. tested.Select(experiment => experiment.Test!.Accuracy)]),
                Sample.Of([.. tested.Select(experiment => experiment.Test!.Loss)])),
            tested);
    }
}
