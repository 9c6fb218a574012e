using System.Collections.Immutable;

namespace Experiments.GridFiles;

/// <summary>Reads what experiments are made of: values under <c>split</c>, <c>training</c> and <c>dropout</c>, and matrices of them.</summary>
internal sealed class SettingsReader(Overrides overrides, FaultList faults)
{
    private readonly ValueReader _values = new(faults);

    private static ImmutableArray<string> Keys { get; } = [.. Settings.OfExperiment.Select(setting => setting.Key)];

    /// <summary>The values of a section, such as <c>training</c>; none where the owner does not have it.</summary>
    public ImmutableArray<Choice> ReadSection(YamlMap owner, string section) =>
        owner.Find(section) is { } entry ? [.. ReadSection(section, entry.Value)] : [];

    /// <summary>The axes of the owner's matrix, in the order of the file; none where it has none.</summary>
    public ImmutableArray<Axis> ReadMatrix(YamlMap owner) =>
        owner.Find("matrix") is { } entry && _values.Map("matrix", entry.Value, Keys) is { } matrix
            ? [.. matrix.Entries.Select(ReadAxis).OfType<Axis>()]
            : [];

    /// <summary>
    /// The axes, without those that another sets too, which are noted: <c>dropout</c> covers each of its rates, and an experiment's matrix
    /// may hold a key of the grid's.
    /// </summary>
    public ImmutableArray<Axis> Apart(ImmutableArray<Axis> matrix)
    {
        var apart = ImmutableArray.CreateBuilder<Axis>();
        foreach ((int index, Axis axis) in matrix.Index())
        {
            var setting = Find(axis.Key)!;
            if (matrix.Where((other, at) => at != index && IsSetBy(other, at)).FirstOrDefault() is { } other)
                faults.Add(axis.Place, FormattableString.Invariant($"matrix.{axis.Key}: the matrix key {other.Key} in line {other.Place.Line} sets it too; keep one."));
            else
                apart.Add(axis);

            // Of two that set the same, the later one stays.
            bool IsSetBy(Axis other, int at) => Find(other.Key)!.Covers(setting) && (at > index || !setting.Covers(Find(other.Key)!));
        }

        return apart.ToImmutable();
    }

    private IEnumerable<Choice> ReadSection(string section, YamlNode node)
    {
        if (Settings.OfExperiment.Where(setting => setting.Key.StartsWith(section + ".", StringComparison.Ordinal)).All(setting => overrides.Over(setting) is not null)) return [];

        string[] parts = PartsOf(section);
        if (Find(section) is { } whole && node is not YamlMap)
            return Read(whole with { Wanted = $"{whole.Wanted}{(whole.Sets.Length > 1 ? ", for all four layers" : "")}, or a map of {string.Join(", ", parts)}" }, node);

        return _values.Map(section, node, parts) is { } map ? map.Entries.SelectMany(entry => ReadPart($"{section}.{entry.Key}", entry.Value)) : [];
    }

    private IEnumerable<Choice> ReadPart(string key, YamlNode node) => PartsOf(key).Length > 0 ? ReadSection(key, node) : Read(Find(key), node);

    private Axis? ReadAxis(YamlEntry entry)
    {
        if (Find(entry.Key) is not { } setting) return null;

        if (overrides.Over(setting) is { } pin && setting.Parse(pin.Text) is { } pinned)
            return new Axis(entry.Key, entry.Place, [Choice.Of(setting, pinned, pin.Place)]);

        if (_values.List($"matrix.{entry.Key}", entry.Value, $"a list of values, each {setting.Wanted}") is not { } list) return null;

        var choices = new OrderedDictionary<string, Choice>(StringComparer.Ordinal);
        foreach (Choice choice in list.Items.SelectMany(item => Read(setting, item)))
        {
            if (!choices.TryAdd(choice.Text, choice))
                faults.Add(choice.Place, $"matrix.{entry.Key}: {choice.Text} is listed twice; keep one.");
        }

        return new Axis(entry.Key, entry.Place, [.. choices.Values]);
    }

    /// <returns>The choice; none where the key is unknown, set by the command line, or its value wrong.</returns>
    private IEnumerable<Choice> Read(Setting<ExperimentConfig>? setting, YamlNode value)
    {
        if (setting is not null && overrides.Over(setting) is null && _values.Value(setting, value) is { } parsed)
            yield return Choice.Of(setting, parsed, value.Place);
    }

    private static Setting<ExperimentConfig>? Find(string key) => Settings.OfExperiment.FirstOrDefault(setting => setting.Key == key);

    /// <summary>What may stand in a section, in the order of the file: its values, and sections of its own.</summary>
    private static string[] PartsOf(string section) =>
        [.. Keys.Where(key => key.StartsWith(section + ".", StringComparison.Ordinal)).Select(key => key[(section.Length + 1)..].Split('.')[0]).Distinct(StringComparer.Ordinal)];
}
