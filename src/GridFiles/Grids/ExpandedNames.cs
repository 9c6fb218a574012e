namespace Experiments.GridFiles;

/// <summary>What may be wrong with names only once matrices are expanded.</summary>
internal static class ExpandedNames
{
    /// <summary>Notes names that are too long, that two experiments share, and variants that would mix different experiments.</summary>
    public static void Check(IReadOnlyList<ExpandedExperiment> experiments, FaultList faults)
    {
        var names = new Dictionary<string, ExpandedExperiment>(StringComparer.Ordinal);
        var variants = new Dictionary<string, ExpandedExperiment>(StringComparer.Ordinal);
        foreach (ExpandedExperiment experiment in experiments)
        {
            (string name, string variant) = (experiment.Definition.Name, experiment.Definition.Variant);
            if (name.Length > ValueReader.LongestText)
                faults.Add(experiment.Plan.Place,
                    $"experiments.name: '{Shown.Of(experiment.Plan.Name)}' grows to {name.Length} characters with its matrix's values; at most {ValueReader.LongestText} are allowed.");
            else if (!names.TryAdd(name, experiment))
                faults.Add(experiment.Plan.Place, $"experiments.name: '{name}' comes of the experiment in line {names[name].Plan.Place.Line} too; rename one.");
            else if (!variants.TryAdd(variant, experiment) && variants[variant].WithoutSeed != experiment.WithoutSeed)
                faults.Add(experiment.Plan.Place,
                    $"experiments.name: '{variant}' would also stand for the seeds of the experiment in line {variants[variant].Plan.Place.Line}, which differs in more than its seed; rename one.");
        }
    }
}
