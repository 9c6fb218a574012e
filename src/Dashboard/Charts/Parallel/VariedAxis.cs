using System.Collections.Immutable;

namespace Experiments.Dashboard.Charts;

/// <summary>The axis of a key in which experiments differ.</summary>
/// <param name="ValueOf">Null where the configuration has no such value.</param>
internal sealed record VariedAxis(ParallelAxis Axis, Func<ExperimentConfig, double?> ValueOf)
{
    private const int MostCategories = 30;

    /// <summary>From so large a ratio of the largest to the smallest value on, an axis is logarithmic.</summary>
    private const double LogarithmicFrom = 50;

    private const string Seed = "training.seed";

    /// <summary>Words and seeds are names, which stand at equal distances; every other key is a number.</summary>
    /// <param name="configs">Those of all lines.</param>
    public static VariedAxis Of(ConfigKey key, ImmutableArray<ExperimentConfig> configs)
    {
        if (!key.IsNumber) return Named(key, [.. configs.Select(key.Text).OfType<string>().Distinct(StringComparer.Ordinal)]);

        ImmutableArray<double> distinct = [.. configs.Select(key.Number).OfType<double>().Distinct().Order()];
        return key.Name == Seed && distinct.Length <= MostCategories
            ? Named(key, [.. configs.DistinctBy(key.Number).OrderBy(key.Number).Select(key.Text).OfType<string>()])
            : new VariedAxis(new ParallelAxis(key.Name, key.Name, Log: distinct[0] > 0 && distinct[^1] / distinct[0] >= LogarithmicFrom, Categories: null), key.Number);
    }

    private static VariedAxis Named(ConfigKey key, ImmutableArray<string> names)
    {
        var places = names.Index().ToDictionary(name => name.Item, name => (double?)name.Index, StringComparer.Ordinal);
        return new VariedAxis(new ParallelAxis(key.Name, key.Name, Log: false, names), config => key.Text(config) is { } text ? places[text] : null);
    }
}
