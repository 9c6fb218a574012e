using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>One way to read an experiment's name as that of the file and a matrix's values, as in <c>dropout-dense=0.5-seed=3</c>.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Keys">Of the matrix, in its order; empty where the name is the file's.</param>
internal sealed record NameParts(string Name, ImmutableArray<string> Keys)
{
    /// <summary>Every way in which the values are those of the configuration.</summary>
    /// <param name="keys">Those that a matrix of the grid may have.</param>
    public static IEnumerable<NameParts> Of(ExperimentDefinition experiment, ImmutableArray<string> keys) =>
        Of(experiment.Config, keys, experiment.Name, []).Where(found => IsLabelled(found.Labels)).Select(found => new NameParts(found.Name, [.. found.Labels.Select(label => label.Key)]));

    /// <summary>The experiment's name with the values of a configuration; null where one of its keys has none.</summary>
    /// <param name="without">A key that is left out.</param>
    public string? With(ExperimentConfig config, string? without = null)
    {
        string[] values = [.. Keys.Where(key => key != without).Select(key => ConfigText.Of(config, key) is { } text ? $"-{KeyLabel.Of(key, Keys)}={text}" : "")];
        return values.Contains("") ? null : string.Concat([Name, .. values]);
    }

    private static IEnumerable<(string Name, ImmutableArray<(string Key, string Label)> Labels)> Of(
        ExperimentConfig config, ImmutableArray<string> keys, string rest, ImmutableArray<(string Key, string Label)> labels)
    {
        yield return (rest, labels);
        foreach (string key in keys.Where(key => !labels.Any(label => ConfigText.Covers(label.Key, key) || ConfigText.Covers(key, label.Key))))
        {
            if (ConfigText.Of(config, key) is not { } text) continue;

            foreach (string label in (string[])[NearestKey.LastPart(key), .. key.Contains('.', StringComparison.Ordinal) ? (string[])[key] : []])
            {
                string value = $"-{label}={text}";
                if (rest.Length > value.Length && rest.EndsWith(value, StringComparison.Ordinal))
                {
                    foreach (var found in Of(config, keys, rest[..^value.Length], [(key, label), .. labels])) yield return found;
                }
            }
        }
    }

    private static bool IsLabelled(ImmutableArray<(string Key, string Label)> labels)
    {
        ImmutableArray<string> keys = [.. labels.Select(label => label.Key)];
        return labels.All(label => label.Label == KeyLabel.Of(label.Key, keys));
    }
}
