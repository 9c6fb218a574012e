using System.Collections.Immutable;
using System.Numerics;

namespace Experiments.GridFiles;

/// <summary>Expands matrices: every experiment once per combination, in the order of the file, the last key changing fastest.</summary>
internal static class Expansion
{
    private const string Seed = "training.seed";

    /// <summary>How many experiments it comes to.</summary>
    public static BigInteger Count(IEnumerable<ExperimentPlan> plans) =>
        plans.Aggregate(BigInteger.Zero, (sum, plan) => sum + plan.Matrix.Aggregate(BigInteger.One, (product, axis) => product * axis.Choices.Length));

    /// <remarks>
    /// Experiments that differ in nothing but their seed are one variant, also where the file writes them out one by one: it has the name,
    /// without the seed, of the first of them.
    /// </remarks>
    public static ImmutableArray<ExpandedExperiment> Of(IEnumerable<ExperimentPlan> plans)
    {
        var variants = new Dictionary<ExperimentConfig, string>();
        return [.. plans.SelectMany(plan => Of(plan, variants))];
    }

    private static IEnumerable<ExpandedExperiment> Of(ExperimentPlan plan, Dictionary<ExperimentConfig, string> variants)
    {
        ExperimentConfig written = Apply(new ExperimentConfig(), plan.Values);
        var labels = Labels(plan.Matrix);
        foreach (var combination in Combinations(plan.Matrix))
        {
            ExperimentConfig config = ModelPlan.Resolve(Apply(Apply(written, combination), plan.Pinned));
            ExperimentConfig withoutSeed = ExpandedExperiment.WithoutSeedOf(config);
            if (!variants.TryGetValue(withoutSeed, out string? variant))
                variants.Add(withoutSeed, variant = NameOf(plan.Name, labels, combination.Where(choice => choice.Key != Seed)));

            var definition = new ExperimentDefinition { Name = NameOf(plan.Name, labels, combination), Variant = variant, Config = config };
            yield return new ExpandedExperiment(definition, plan, combination);
        }
    }

    private static IEnumerable<ImmutableArray<Choice>> Combinations(ImmutableArray<Axis> matrix)
    {
        IEnumerable<ImmutableArray<Choice>> combinations = [[]];
        foreach (Axis axis in matrix)
            combinations = combinations.SelectMany(combination => axis.Choices, (combination, choice) => combination.Add(choice));
        return combinations;
    }

    private static Dictionary<string, string> Labels(ImmutableArray<Axis> matrix) =>
        matrix.ToDictionary(axis => axis.Key, axis => KeyLabel.Of(axis.Key, matrix.Select(other => other.Key)));

    private static string NameOf(string name, Dictionary<string, string> labels, IEnumerable<Choice> combination) =>
        string.Concat([name, .. combination.Select(choice => $"-{labels[choice.Key]}={choice.Text}")]);

    private static ExperimentConfig Apply(ExperimentConfig config, ImmutableArray<Choice> choices) =>
        choices.Aggregate(config, (changed, choice) => choice.Set(changed));
}
