using System.Collections.Immutable;

namespace Experiments.Reports;

/// <summary>What a grid's lines alone say of its variants, while it trains too: which is best, and whether that is more than chance.</summary>
/// <param name="Variants">In the order of their first experiments.</param>
/// <param name="Ranking">Null where fewer than two variants have a test result.</param>
public sealed record GridVerdict(ImmutableArray<VariantComparison> Variants, VariantRanking? Ranking)
{
    /// <param name="correctnessByExperimentId">Of those that <see cref="DecidedByImages"/> names; where some are missing, the test that needs them is not made.</param>
    public static GridVerdict Of(ImmutableArray<ExperimentRow> rows, IReadOnlyDictionary<string, Correctness> correctnessByExperimentId)
    {
        var variants = VariantsOf(rows);
        return new GridVerdict([.. variants.Select(variant => variant.Summary)], VariantRankings.Of(variants, correctnessByExperimentId));
    }

    /// <summary>Ids of the experiments whose predictions a verdict asks for; of seeds that are compared by their spread none.</summary>
    public static ImmutableArray<string> DecidedByImages(ImmutableArray<ExperimentRow> rows) => VariantRankings.DecidedByImages(VariantsOf(rows));

    /// <summary>The verdict in words.</summary>
    /// <returns>Sentences of plain text, to be read in their order; empty without a ranking.</returns>
    public ImmutableArray<string> Sentences() => Ranking is null ? [] : [.. RankingSentences.Of(Ranking)];

    private static ImmutableArray<Variant> VariantsOf(ImmutableArray<ExperimentRow> rows) => Variant.AllOf(rows.Select(row => (row.Variant, row.Id, row.Test)));
}
