namespace Experiments.Reports;

/// <summary>Which variants overfit, over the experiments that have a test result: one sentence each, or for many one for each degree.</summary>
internal static class OverfittingSentences
{
    private const int MostSentences = 5;

    public static IEnumerable<string> Of(GridComparison comparison)
    {
        var variants = comparison.Experiments
            .Where(experiment => experiment is { Test: not null, Overfitting: not null })
            .GroupBy(experiment => experiment.Variant, experiment => experiment.Overfitting!, StringComparer.Ordinal)
            .ToList();
        return variants.Count <= MostSentences
            ? variants.Select(variant => OfSeeds(variant.Key, [.. variant]))
            : variants.GroupBy(variant => variant.Max(seed => seed.Degree), variant => variant.Key)
                .OrderByDescending(degree => degree.Key)
                .Select(degree => OfDegree(degree.Key, [.. degree]));
    }

    /// <summary>Such as <c>dropout does not overfit: its validation loss was lowest, 0.2100, after epoch 50, the last.</c></summary>
    public static string Of(string name, Overfitting overfitting)
    {
        string lowest = Figures.Metric(overfitting.LowestLoss);
        return overfitting.LowestEpoch == overfitting.LastEpoch
            ? $"{name} does not overfit: its validation loss was lowest, {lowest}, after epoch {overfitting.LastEpoch}, the last."
            : $"{name} {Verb(overfitting.Degree)}: its validation loss was lowest, {lowest}, after epoch {overfitting.LowestEpoch}, "
              + $"and {Figures.Metric(overfitting.LastLoss)} after epoch {overfitting.LastEpoch}, {Figures.Ratio(overfitting.Ratio)} times as high.";
    }

    private static string OfSeeds(string name, Overfitting[] seeds)
    {
        if (seeds.Length == 1) return Of(name, seeds[0]);

        var degree = seeds.Max(seed => seed.Degree);
        string count = degree == OverfittingDegree.None
            ? $"with any of {Figures.Count(seeds.Length)} seeds"
            : $"with {Figures.Count(seeds.Count(seed => seed.Degree == degree))} of {Figures.Count(seeds.Length)} seeds";
        int slightly = degree == OverfittingDegree.Clear ? seeds.Count(seed => seed.Degree == OverfittingDegree.Slight) : 0;
        string also = slightly > 0 ? $" and slightly with {Figures.Count(slightly)}" : "";
        string from = Figures.Ratio(seeds.Min(seed => seed.Ratio)), to = Figures.Ratio(seeds.Max(seed => seed.Ratio));
        return $"{name} {Verb(degree)} {count}{also}: the validation loss after the last epoch is "
            + $"{(from == to ? from : $"{from} to {to}")} times its minimum.";
    }

    /// <summary>A variant counts by the seed that overfits most.</summary>
    private static string OfDegree(OverfittingDegree degree, string[] variants) => (degree, variants.Length) switch
    {
        (_, 1) => $"{variants[0]} {Verb(degree)}.",
        (OverfittingDegree.Clear, _) => $"{Figures.Names(variants)} overfit.",
        (OverfittingDegree.Slight, _) => $"{Figures.Names(variants)} overfit slightly.",
        _ => $"{Figures.Names(variants)} do not overfit.",
    };

    private static string Verb(OverfittingDegree degree) => degree switch
    {
        OverfittingDegree.Clear => "overfits",
        OverfittingDegree.Slight => "overfits slightly",
        _ => "does not overfit",
    };
}
